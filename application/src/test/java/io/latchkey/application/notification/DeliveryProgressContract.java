package io.latchkey.application.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenStore;
import io.latchkey.application.notification.DeliveryProgress.Changes;
import io.latchkey.application.notification.DeliveryProgress.End;
import io.latchkey.application.notification.DeliveryProgress.Progress;
import io.latchkey.application.notification.DeliveryProgress.Turn;
import io.latchkey.application.notification.Notification.Kind;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What all {@link DeliveryProgress} do. */
public interface DeliveryProgressContract {
    Instant NOW = Instant.parse("2026-03-01T12:00:00.007Z");

    /** The implementation under test, without any progress when a test begins. */
    DeliveryProgress delivered();

    /** The same, as another process would open them. */
    DeliveryProgress another();

    /** The store of those tokens, empty when a test begins. */
    TokenStore store();

    private Progress left() {
        return another().resume(100, NOW.plusSeconds(1));
    }

    private TokenId issue(String name) {
        return append(new Change.CreateNamed(
                new TokenName(name), TokenSecret.presented(name).digest(), Lifetime.UNLIMITED, Description.NONE));
    }

    private TokenId append(Change change) {
        return store().append(tokens -> change.decide(tokens, new Actor.FileOwner(), NOW))
                .event()
                .tokenId();
    }

    private static Changes upTo(long revision) {
        return new Changes(revision, revision, new TreeSet<>());
    }

    private static Changes changes(long revision, long alarms, Long... owed) {
        return new Changes(revision, alarms, new TreeSet<>(List.of(owed)));
    }

    private static End end(TokenId token, int second, Kind kind) {
        return new End(token, NOW.plusSeconds(second), kind);
    }

    @Test
    default void progress_starts_once_at_the_given_revision() {
        assertThat(delivered().resume(7, NOW)).isEqualTo(new Progress(upTo(7), NOW, List.of()));
        assertThat(left()).isEqualTo(new Progress(upTo(7), NOW, List.of()));
    }

    @Test
    default void they_go_on_where_they_were_left_and_never_back() {
        delivered().resume(0, NOW);
        delivered().record(upTo(5), List.of());
        another().record(upTo(3), List.of());
        assertThat(left()).isEqualTo(new Progress(upTo(5), NOW, List.of()));
    }

    @Test
    default void undelivered_revisions_before_the_progress_are_kept() {
        delivered().resume(0, NOW);
        delivered().record(changes(5, 9, 2L, 4L, 7L), List.of());
        assertThat(left().changes()).isEqualTo(changes(5, 9, 2L, 4L, 7L));
        another().record(changes(4, 9, 1L), List.of());
        another().record(changes(6, 8, 1L), List.of());
        assertThat(left().changes()).isEqualTo(changes(5, 9, 2L, 4L, 7L));
        another().record(changes(5, 9, 2L), List.of());
        assertThat(left().changes()).isEqualTo(changes(5, 9, 2L));
        another().record(upTo(10), List.of());
        assertThat(left().changes()).isEqualTo(upTo(10));
    }

    @Test
    default void the_last_expiry_notification_of_each_token_is_kept() {
        TokenId one = issue("one");
        TokenId two = issue("two");
        delivered().resume(2, NOW);
        delivered().record(upTo(2), List.of(end(two, 9, Kind.EXPIRING), end(one, 5, Kind.EXPIRING)));
        another().record(upTo(2), List.of(end(one, 5, Kind.EXPIRED)));
        assertThat(left())
                .isEqualTo(new Progress(upTo(2), NOW, List.of(end(one, 5, Kind.EXPIRED), end(two, 9, Kind.EXPIRING))));
        delivered().record(upTo(3), List.of(end(one, 7, Kind.EXPIRING)));
        assertThat(left())
                .isEqualTo(new Progress(upTo(3), NOW, List.of(end(one, 7, Kind.EXPIRING), end(two, 9, Kind.EXPIRING))));
    }

    @Test
    default void they_forget_tokens_that_are_gone() {
        TokenId one = issue("one");
        TokenId two = issue("two");
        delivered().resume(2, NOW);
        delivered().record(upTo(2), List.of(end(one, 5, Kind.EXPIRED)));
        append(new Change.Revoke(new TokenName("one"), Precondition.NONE));
        assertThat(left().ends()).isEmpty();
        delivered().record(upTo(3), List.of(end(one, 5, Kind.EXPIRED), end(two, 5, Kind.EXPIRED)));
        assertThat(left()).isEqualTo(new Progress(upTo(3), NOW, List.of(end(two, 5, Kind.EXPIRED))));
    }

    @Test
    default void one_process_at_a_time_has_the_turn() {
        assertThat(delivered().turn()).isEqualTo(Turn.TAKEN_OVER);
        assertThat(another().turn()).isEqualTo(Turn.OF_ANOTHER);
        assertThat(delivered().turn()).isEqualTo(Turn.MINE);
        delivered().close();
        assertThat(another().turn()).isEqualTo(Turn.TAKEN_OVER);
        assertThat(another().turn()).isEqualTo(Turn.MINE);
    }

    @Test
    default void a_process_that_lost_its_turn_records_nothing() {
        delivered().resume(0, NOW);
        assertThat(delivered().turn()).isEqualTo(Turn.TAKEN_OVER);
        another().record(upTo(9), List.of());
        assertThat(left()).isEqualTo(new Progress(upTo(0), NOW, List.of()));
        delivered().record(upTo(5), List.of());
        assertThat(left()).isEqualTo(new Progress(upTo(5), NOW, List.of()));
    }

    @Test
    default void they_change_no_token() {
        TokenId one = issue("one");
        TokenStore.Snapshot before = store().snapshot();
        delivered().resume(1, NOW);
        delivered().record(upTo(1), List.of(end(one, 5, Kind.EXPIRED)));
        assertThat(store().snapshot()).isEqualTo(before);
        assertThat(store().revision()).isEqualTo(1);
        assertThat(store().firstBroken()).isEmpty();
    }
}
