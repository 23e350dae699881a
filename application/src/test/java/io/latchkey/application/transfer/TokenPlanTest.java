package io.latchkey.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.ManualClock;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Actor;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Labels;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Routes;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TokenPlanTest {
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new TokenAuthority(store, new ManualClock(), new SecureRandom());

    @Test
    void a_token_that_changed_since_the_plan_was_made_is_not_touched() {
        apply("x");
        TokenPlan edits = plan(List.of(wanted("a", Expiry.NEVER, "y")), Prune.NO);
        TokenPlan deletes = plan(List.of(), Prune.YES);
        apply("z");
        for (TokenPlan stale : new TokenPlan[] {edits, deletes}) {
            Change change = stale.steps().getFirst().change().orElseThrow();
            assertThatThrownBy(() -> store.append(tokens -> change.decide(tokens, new Actor.FileOwner(), LATER)))
                    .isInstanceOf(TokenFailure.VersionMismatch.class);
        }
    }

    @Test
    void every_difference_is_told() {
        apply("x");
        AttributesEdit all = new AttributesEdit(
                Optional.of(Permissions.parse(List.of("db:a:read", "db:b:write"))),
                Optional.of(Origins.parse(List.of("10.0.0.0/8"))),
                Optional.of(NotBefore.of(LATER)),
                Optional.of(new Owner("me")),
                Optional.of(Labels.parse(List.of("a=b", "c=d"))),
                Optional.of(Routes.parse(List.of("GET a.test/x", "GET b.test/y"))));
        DeclaredToken declared = new DeclaredToken(
                new TokenName("a"),
                Optional.of(new Description("y")),
                Optional.of(Expiry.at(LATER.plusSeconds(1))),
                Optional.empty(),
                all);
        assertThat(plan(List.of(declared), Prune.NO).steps().getFirst().differences())
                .containsExactly(
                        "description \"x\" -> \"y\"",
                        "expiry never -> 2027-01-01T00:00:01Z",
                        "permissions *:*:* -> db:a:read db:b:write",
                        "from none -> 10.0.0.0/8",
                        "not before none -> 2027-01-01T00:00:00Z",
                        "owner \"\" -> \"me\"",
                        "labels none -> a=b c=d",
                        "routes none -> GET a.test/x, GET b.test/y");
    }

    private void apply(String description) {
        authority
                .actingAs(new Actor.FileOwner())
                .transfer()
                .apply(List.of(wanted("a", Expiry.NEVER, description)), Prune.NO, DryRun.NO);
    }

    private TokenPlan plan(List<DeclaredToken> wanted, Prune others) {
        List<Token> present = store.snapshot().tokens();
        return TokenPlan.of(wanted, present, others);
    }

    private static DeclaredToken wanted(String name, Expiry expiry, String description) {
        return new DeclaredToken(
                new TokenName(name),
                Optional.of(new Description(description)),
                Optional.of(expiry),
                Optional.of(digest(name)));
    }

    private static TokenDigest digest(String secret) {
        return TokenSecret.presented(secret).digest();
    }
}
