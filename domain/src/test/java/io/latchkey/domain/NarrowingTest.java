package io.latchkey.domain;

import static io.latchkey.domain.TestTokens.NOW;
import static io.latchkey.domain.TestTokens.OWNER;
import static io.latchkey.domain.TestTokens.allowing;
import static io.latchkey.domain.TestTokens.digest;
import static io.latchkey.domain.TestTokens.issued;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After which changes something is refused that was accepted before, for which nodes wait. */
final class NarrowingTest {
    private static final Token TOKEN = allowing(1, "ci", "db:a:read");

    private static boolean isNarrowing(Token before, Token after) {
        return new TokenEvent.Edited(OWNER, NOW, before, after).isNarrowing();
    }

    private static Token with(Attributes attributes) {
        return issued(1, "ci", attributes);
    }

    private static Attributes routes(String... texts) {
        return new Attributes(
                TOKEN.rights(),
                Origins.ANYWHERE,
                NotBefore.NONE,
                Owner.NONE,
                Labels.NONE,
                Routes.parse(List.of(texts)));
    }

    @Test
    void a_new_token_narrows_nothing_and_a_revoked_one_does() {
        assertThat(new TokenEvent.Issued(OWNER, NOW, TOKEN).isNarrowing()).isFalse();
        assertThat(new TokenEvent.Revoked(OWNER, NOW, TOKEN).isNarrowing()).isTrue();
    }

    @Test
    void fewer_permissions_and_an_earlier_end_narrow_and_more_do_not() {
        Token more = allowing(1, "ci", "db:a:read,write");
        assertThat(isNarrowing(more, TOKEN)).isTrue();
        assertThat(isNarrowing(TOKEN, more)).isFalse();
        assertThat(isNarrowing(TOKEN, TOKEN)).isFalse();
        Token ending = issued(1, "ci", TOKEN.attributes(), Expiry.at(NOW.plusSeconds(1)));
        assertThat(isNarrowing(TOKEN, ending)).isTrue();
        assertThat(isNarrowing(ending, TOKEN)).isFalse();
    }

    @Test
    void other_routes_narrow_unless_there_are_none_any_more() {
        assertThat(isNarrowing(TOKEN, with(routes("* a.test/**")))).isTrue();
        assertThat(isNarrowing(with(routes("* a.test/**")), with(routes("* b.test/**"))))
                .isTrue();
        assertThat(isNarrowing(with(routes("* a.test/**")), with(routes("* a.test/**"))))
                .isFalse();
        assertThat(isNarrowing(with(routes("* a.test/**")), TOKEN)).isFalse();
    }

    @Test
    void disabling_narrows_once_and_enabling_does_not() {
        Token disabled = TOKEN.disabled(Reason.NONE, OWNER, NOW);
        assertThat(isNarrowing(TOKEN, disabled)).isTrue();
        assertThat(isNarrowing(disabled, disabled.disabled(new Reason("why"), OWNER, NOW)))
                .isFalse();
        assertThat(isNarrowing(disabled, disabled.enabled(OWNER, NOW))).isFalse();
    }

    @Test
    void a_rotation_narrows_when_a_secret_ends_by_it() {
        Token graced = TOKEN.rotated(digest("new"), new GracePeriod(Duration.ofHours(1)), Optional.empty(), OWNER, NOW);
        assertThat(isNarrowing(TOKEN, graced)).isFalse();
        assertThat(isNarrowing(graced, graced.withSecrets(graced.secrets().finished(), OWNER, NOW)))
                .isTrue();
        assertThat(isNarrowing(TOKEN, TOKEN.rotated(digest("new"), GracePeriod.NONE, Optional.empty(), OWNER, NOW)))
                .isTrue();
    }

    @Test
    void a_record_about_an_unchanged_token_narrows_nothing() {
        Token operator = issued(0, "_admin", Attributes.ADMIN);
        for (TokenEvent event : List.of(
                new TokenEvent.OperatorSecretLeaked(OWNER, NOW, operator),
                new TokenEvent.LedgerAccepted(OWNER, NOW, operator))) {
            assertThat(event.before()).contains(operator);
            assertThat(event.after()).contains(operator);
            assertThat(event.isNarrowing()).isFalse();
        }
    }
}
