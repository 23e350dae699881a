package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {
    private static final List<String> KNOWN =
            List.of("name", "description", "expiry", "expiry_secs", "grace", "dry_run", "prune", "limit");

    @ParameterizedTest
    @CsvSource({
        "dryrun, dry_run",
        "dryRun, dry_run",
        "DRY-RUN, dry_run",
        "grase, grace",
        "garce, grace",
        "expires, expiry",
        "expire, expiry",
        "expirysecs, expiry_secs",
        "nme, name",
        "names, name",
        "desc, description",
        "limits, limit",
        "prun, prune",
    })
    void a_slip_of_the_finger_is_understood(String written, String meant) {
        assertThat(NearestName.of(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"ttl", "x", "''", "scope", "e", "token"})
    void a_name_that_differs_too_much_has_no_suggestion(String written) {
        assertThat(NearestName.of(written, KNOWN)).isEmpty();
    }

    @Test
    void without_known_names_there_is_no_suggestion() {
        assertThat(NearestName.of("name", List.of())).isEmpty();
    }

    @Test
    void a_long_name_costs_nothing() {
        assertThat(NearestName.of("n".repeat(1_000_000), KNOWN)).isEmpty();
    }
}
