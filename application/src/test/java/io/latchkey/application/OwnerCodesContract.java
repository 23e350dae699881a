package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Actor;
import io.latchkey.domain.LocalUser;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all {@link OwnerCodes} do. */
public interface OwnerCodesContract {
    Instant NOW = Instant.parse("2030-01-31T12:00:00Z");
    Optional<LocalUser> ALICE = LocalUser.called("alice");

    /** Where nothing is left when a test begins. */
    OwnerCodes codes();

    private String issue() {
        return codes().issue(new SecureRandom(), NOW, ALICE);
    }

    @Test
    default void a_code_is_taken_once_and_names_its_user() {
        String code = issue();
        assertThat(code).matches("[A-Za-z0-9_-]{43}");
        assertThat(codes().take(code, NOW)).contains(new Actor.FileOwner(ALICE));
        assertThat(codes().take(code, NOW)).isEmpty();
    }

    @Test
    default void a_code_without_a_user_is_taken() {
        String code = codes().issue(new SecureRandom(), NOW, Optional.empty());
        assertThat(codes().take(code, NOW)).contains(new Actor.FileOwner());
    }

    @Test
    default void a_wrong_code_leaves_the_right_one() {
        String code = issue();
        assertThat(codes().take(code + "x", NOW)).isEmpty();
        assertThat(codes().look()).isPresent();
        assertThat(codes().take(code, NOW)).isPresent();
        assertThat(codes().look()).isEmpty();
    }

    @Test
    default void a_wrong_code_removes_one_that_is_over() {
        var _ = issue();
        assertThat(codes().take("wrong", NOW.plus(OwnerCodes.LIFETIME))).isEmpty();
        assertThat(codes().look()).isEmpty();
    }

    @Test
    default void a_code_is_valid_for_a_minute() {
        String last = issue();
        assertThat(codes().take(last, NOW.plus(OwnerCodes.LIFETIME).minusMillis(1)))
                .isPresent();
        String late = issue();
        assertThat(codes().take(late, NOW.plus(OwnerCodes.LIFETIME))).isEmpty();
    }

    @Test
    default void a_code_that_would_be_valid_for_longer_is_refused() {
        String code = codes().issue(new SecureRandom(), NOW.plusMillis(1), ALICE);
        assertThat(codes().take(code, NOW)).isEmpty();
    }

    @Test
    default void a_new_code_replaces_the_one_before() {
        String first = issue();
        String second = issue();
        assertThat(codes().take(second, NOW)).isPresent();
        assertThat(codes().take(first, NOW)).isEmpty();
    }

    @Test
    default void the_first_code_is_refused_after_a_second_was_left() {
        String first = issue();
        issue();
        assertThat(codes().take(first, NOW)).isEmpty();
    }

    @Test
    default void nothing_is_taken_where_nothing_was_left() {
        assertThat(codes().take("code", NOW.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    default void only_one_of_many_takes_a_code() {
        for (int round = 0; round < 20; round++) {
            String code = issue();
            assertThat(IntStream.range(0, 8)
                            .parallel()
                            .filter(_ -> codes().take(code, NOW).isPresent())
                            .count())
                    .isEqualTo(1);
        }
    }
}
