package io.latchkey.domain;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who may do what: every actor against every change, on an instance with and without an operator. */
final class ChangeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TokenName CI = new TokenName("ci");
    private static final Token OPERATOR = token(0, "_admin", Expiry.NEVER);
    private static final Token NAMED = token(1, "ci", Expiry.NEVER);
    private static final Token EXPIRED = token(2, "old", Expiry.at(NOW));
    private static final Token GONE = token(9, "gone", Expiry.NEVER);

    private static final Map<String, Actor> ACTORS = Map.of(
            "owner",
            new Actor.FileOwner(),
            "bootstrap",
            new Actor.LocalBootstrap(),
            "stranger",
            new Actor.RemoteBootstrap(),
            "recovery",
            new Actor.Recovery(),
            "finder",
            new Actor.LeakReporter(),
            "guest",
            new Actor.Anonymous(),
            "operator",
            Actor.Holder.of(OPERATOR),
            "named",
            Actor.Holder.of(NAMED),
            "expired",
            Actor.Holder.of(EXPIRED),
            "revoked",
            Actor.Holder.of(GONE));

    private static final Map<String, Change> CHANGES = Map.ofEntries(
            entry("create operator", new Change.CreateOperator(digest("new"))),
            entry(
                    "create named",
                    new Change.CreateNamed(new TokenName("new"), digest("new"), Lifetime.UNLIMITED, Description.NONE)),
            entry("regenerate", new Change.RegenerateOperator(digest("new"))),
            entry("edit named", new Change.Edit(CI, edit(), Precondition.NONE)),
            entry("edit operator", new Change.Edit(TokenName.OPERATOR, edit(), Precondition.NONE)),
            entry("revoke named", new Change.Revoke(CI, Precondition.NONE)),
            entry("revoke operator", new Change.Revoke(TokenName.OPERATOR, Precondition.NONE)),
            entry("rotate named", rotate(CI)),
            entry("rotate operator", rotate(TokenName.OPERATOR)),
            entry("finish named", new Rotation.Finish(CI, Precondition.NONE)),
            entry("undo operator", new Rotation.Undo(TokenName.OPERATOR, Precondition.NONE)),
            entry("disable named", new Change.Disable(CI, Reason.NONE, Precondition.NONE)),
            entry("disable admin", new Change.Disable(TokenName.OPERATOR, Reason.NONE, Precondition.NONE)),
            entry("enable named", new Change.Enable(CI, Precondition.NONE)),
            entry("enable admin", new Change.Enable(TokenName.OPERATOR, Precondition.NONE)));

    private static Change rotate(TokenName name) {
        return rotate(name, digest("new"));
    }

    private static Change rotate(TokenName name, TokenDigest digest) {
        return new Rotation.Begin(name, digest, GracePeriod.NONE, Optional.empty(), Precondition.NONE);
    }

    @Test
    void of_an_instance_with_an_operator() {
        assertMatrix(new Existing(List.of(OPERATOR, NAMED, EXPIRED)), """
                                owner               bootstrap       stranger        recovery    operator            named     expired         revoked         finder
                create operator NameTaken           NameTaken       NameTaken       NameTaken   NameTaken           NameTaken NameTaken       NameTaken       NameTaken
                create named    Issued              Unauthenticated Unauthenticated Forbidden   Issued              Issued    Unauthenticated Unauthenticated Forbidden
                regenerate      Regenerated         Unauthenticated Unauthenticated Regenerated Regenerated         Forbidden Unauthenticated Unauthenticated Forbidden
                edit named      Edited              Unauthenticated Unauthenticated Forbidden   Edited              Edited    Unauthenticated Unauthenticated Forbidden
                edit operator   OperatorCannotBeEdited  Unauthenticated Unauthenticated Forbidden   OperatorCannotBeEdited  Forbidden Unauthenticated Unauthenticated Forbidden
                revoke named    Revoked             Unauthenticated Unauthenticated Forbidden   Revoked             Revoked   Unauthenticated Unauthenticated Forbidden
                revoke operator OperatorCannotBeDeleted Unauthenticated Unauthenticated Forbidden   OperatorCannotBeDeleted Forbidden Unauthenticated Unauthenticated Forbidden
                rotate named    Rotated             Unauthenticated Unauthenticated Forbidden   Rotated             Rotated   Unauthenticated Unauthenticated Forbidden
                rotate operator Rotated             Unauthenticated Unauthenticated Rotated     Rotated             Forbidden Unauthenticated Unauthenticated Forbidden
                finish named    NoRotation          Unauthenticated Unauthenticated Forbidden   NoRotation          NoRotation Unauthenticated Unauthenticated Forbidden
                undo operator   NoRotation          Unauthenticated Unauthenticated NoRotation  NoRotation          Forbidden Unauthenticated Unauthenticated Forbidden
                disable named   Disabled            Unauthenticated Unauthenticated Forbidden   Disabled            Disabled  Unauthenticated Unauthenticated Forbidden
                disable admin   OperatorCannotBeDisabled Unauthenticated Unauthenticated Forbidden  OperatorCannotBeDisabled Forbidden Unauthenticated Unauthenticated Forbidden
                enable named    NotDisabled         Unauthenticated Unauthenticated Forbidden   NotDisabled         NotDisabled Unauthenticated Unauthenticated Forbidden
                enable admin    NotDisabled         Unauthenticated Unauthenticated Forbidden   NotDisabled         Forbidden Unauthenticated Unauthenticated Forbidden
                """);
    }

    @Test
    void of_an_instance_with_named_tokens_only() {
        assertMatrix(new Existing(List.of(NAMED, EXPIRED)), """
                                owner               bootstrap       stranger        recovery   named     expired         revoked         finder
                create operator Issued              Unauthenticated Unauthenticated Forbidden  Issued    Unauthenticated Unauthenticated Forbidden
                create named    Issued              Unauthenticated Unauthenticated Forbidden  Issued    Unauthenticated Unauthenticated Forbidden
                regenerate      NoOperator          Unauthenticated Unauthenticated NoOperator Forbidden Unauthenticated Unauthenticated Forbidden
                revoke operator OperatorCannotBeDeleted Unauthenticated Unauthenticated Forbidden  Forbidden Unauthenticated Unauthenticated Forbidden
                """);
    }

    @Test
    void of_a_new_instance() {
        assertMatrix(new Existing(List.of()), """
                                owner      bootstrap       stranger         recovery   revoked         finder
                create operator Issued     Issued          BootstrapRefused Forbidden  Unauthenticated Forbidden
                create named    Issued     Unauthenticated Unauthenticated  Forbidden  Unauthenticated Forbidden
                regenerate      NoOperator Unauthenticated Unauthenticated  NoOperator Unauthenticated Forbidden
                edit named      NotFound   Unauthenticated Unauthenticated  Forbidden  Unauthenticated Forbidden
                revoke named    NotFound   Unauthenticated Unauthenticated  Forbidden  Unauthenticated Forbidden
                rotate named    NotFound   Unauthenticated Unauthenticated  Forbidden  Unauthenticated Forbidden
                rotate operator NoOperator Unauthenticated Unauthenticated  NoOperator Unauthenticated Forbidden
                disable named   NotFound   Unauthenticated Unauthenticated  Forbidden  Unauthenticated Forbidden
                enable named    NotFound   Unauthenticated Unauthenticated  Forbidden  Unauthenticated Forbidden
                """);
    }

    @Test
    void a_leak_report_ends_a_secret_but_not_the_operators() {
        var tokens = new Existing(List.of(OPERATOR, NAMED, EXPIRED));
        for (String actor : List.of("finder", "owner", "operator", "named")) {
            assertThat(burn(tokens, NAMED, actor)).isEqualTo("Revoked");
            assertThat(burn(tokens, EXPIRED, actor)).isEqualTo("Revoked");
            assertThat(burn(tokens, OPERATOR, actor)).isEqualTo("OperatorSecretLeaked");
            assertThat(burn(tokens, GONE, actor)).isEqualTo("NotFound");
        }
        for (String actor : List.of("bootstrap", "stranger", "guest", "expired", "revoked")) {
            assertThat(burn(tokens, NAMED, actor)).isEqualTo("Unauthenticated");
        }
        assertThat(burn(tokens, NAMED, "recovery")).isEqualTo("Forbidden");
    }

    @Test
    void an_administrator_registers_a_foreign_token_but_only_the_owner_an_operator_token() {
        var tokens = new Existing(List.of(NAMED, EXPIRED));
        for (String actor : List.of("recovery", "finder")) {
            assertThat(register(tokens, "new", "new", actor)).isEqualTo("Forbidden");
        }
        for (String actor : List.of("bootstrap", "stranger", "expired", "revoked")) {
            assertThat(register(tokens, "new", "new", actor)).isEqualTo("Unauthenticated");
        }
        assertThat(register(tokens, "new", "new", "named")).isEqualTo("Issued");
        assertThat(register(tokens, "_admin", "new", "named")).isEqualTo("Forbidden");
        assertThat(register(tokens, "new", "new", "owner")).isEqualTo("Issued");
        assertThat(register(tokens, "_admin", "new", "owner")).isEqualTo("Issued");
        assertThat(register(tokens, "old", "new", "owner")).isEqualTo("NameTaken");
        assertThat(register(tokens, "old", "ci", "owner")).isEqualTo("NameTaken");
        assertThat(register(tokens, "new", "ci", "owner")).isEqualTo("SecretTaken");
    }

    private static String register(Tokens tokens, String name, String secret, String actor) {
        return outcome(
                tokens,
                new Change.Register(new TokenName(name), digest(secret), Lifetime.UNLIMITED, Description.NONE),
                requireNonNull(ACTORS.get(actor)));
    }

    @Test
    void a_registered_token_expires_in_the_future_and_an_operator_token_never() {
        var tokens = new Existing(List.of());
        Lifetime past = new Lifetime.Until(NOW);
        Lifetime ahead = new Lifetime.Until(NOW.plusSeconds(1));
        var register = new Change.Register(CI, digest("new"), past, Description.NONE);
        assertThatThrownBy(() -> register.decide(tokens, new Actor.FileOwner(), NOW))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageContaining("ahead");
        // Restarted later, a server finds the token there: that its end has come meanwhile is no mistake.
        assertThat(outcome(new Existing(List.of(NAMED)), register, new Actor.FileOwner()))
                .isEqualTo("NameTaken");
        assertThatThrownBy(() -> new Change.Register(TokenName.OPERATOR, digest("new"), ahead, Description.NONE))
                .hasMessage("the operator token never expires");
    }

    @Test
    void anonymous_and_reuse_detector_change_nothing() {
        for (var tokens : List.of(new Existing(List.of()), new Existing(List.of(OPERATOR, NAMED)))) {
            for (Actor nobody : List.of(new Actor.Anonymous(), new Actor.ReuseDetector())) {
                CHANGES.forEach((name, change) ->
                        assertThat(outcome(tokens, change, nobody)).as(name).isIn("Unauthenticated", "NameTaken"));
            }
        }
    }

    private static String burn(Tokens tokens, Token token, String actor) {
        return outcome(tokens, new Change.RevokeLeaked(token.digest()), requireNonNull(ACTORS.get(actor)));
    }

    private static void assertMatrix(Tokens tokens, String matrix) {
        List<String> lines = matrix.lines().toList();
        String[] actors = lines.getFirst().strip().split(" +", -1);
        for (String line : lines.subList(1, lines.size())) {
            String change = line.substring(0, 15).strip();
            String[] outcomes = line.substring(15).strip().split(" +", -1);
            assertThat(outcomes).hasSameSizeAs(actors);
            for (int i = 0; i < actors.length; i++) {
                assertThat(outcome(tokens, requireNonNull(CHANGES.get(change)), requireNonNull(ACTORS.get(actors[i]))))
                        .as("%s by %s", change, actors[i])
                        .isEqualTo(outcomes[i]);
            }
        }
    }

    private static String outcome(Tokens tokens, Change change, Actor actor) {
        try {
            return change.decide(tokens, actor, NOW).getClass().getSimpleName();
        } catch (TokenFailure refusal) {
            return refusal.getClass().getSimpleName();
        }
    }

    @Test
    void a_secret_belongs_to_one_token_even_when_it_is_retired() {
        Token rotated = NAMED.rotated(digest("second"), GracePeriod.NONE, Optional.empty(), new Actor.FileOwner(), NOW);
        var tokens = new Existing(List.of(OPERATOR, rotated, EXPIRED));
        for (TokenDigest taken : List.of(digest("ci"), digest("second"))) {
            for (Change change : List.of(
                    new Change.RegenerateOperator(taken),
                    new Change.CreateNamed(new TokenName("x"), taken, Lifetime.UNLIMITED, Description.NONE),
                    new Change.Register(new TokenName("x"), taken, Lifetime.UNLIMITED, Description.NONE),
                    rotate(CI, taken),
                    rotate(EXPIRED.name(), taken))) {
                assertThatThrownBy(() -> change.decide(tokens, new Actor.FileOwner(), NOW))
                        .isInstanceOf(TokenFailure.SecretTaken.class);
            }
        }
        assertThatThrownBy(() -> new Change.CreateOperator(NAMED.digest())
                        .decide(new Existing(List.of(NAMED)), new Actor.FileOwner(), NOW))
                .isInstanceOf(TokenFailure.SecretTaken.class);
    }

    @Test
    void the_operators_name_is_reserved() {
        assertThatThrownBy(() ->
                        new Change.CreateNamed(TokenName.OPERATOR, digest("new"), Lifetime.UNLIMITED, Description.NONE))
                .hasMessage("token name must not begin with '_', which is reserved");
        var rename = new TokenEdit(Optional.of(TokenName.OPERATOR), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> new Change.Edit(CI, rename, Precondition.NONE))
                .hasMessage("token name must not begin with '_', which is reserved");
    }

    @Test
    void an_edit_changes_something() {
        assertThatThrownBy(() -> new TokenEdit(Optional.empty(), Optional.empty(), Optional.empty()))
                .hasMessage("nothing to change: give a new name, description, expiry or other property");
    }

    @Test
    void a_precondition_lists_the_states_that_will_do() {
        var tokens = new Existing(List.of(NAMED));
        var other = new TokenVersion(NAMED.id(), 7);
        for (List<TokenVersion> fitting : List.of(List.of(NAMED.version()), List.of(other, NAMED.version()))) {
            assertThat(new Change.Revoke(CI, new Precondition(fitting)).decide(tokens, new Actor.FileOwner(), NOW))
                    .isInstanceOf(TokenEvent.Revoked.class);
        }
        assertThatThrownBy(() -> new Change.Revoke(CI, new Precondition(List.of(other)))
                        .decide(tokens, new Actor.FileOwner(), NOW))
                .isInstanceOf(TokenFailure.VersionMismatch.class);
    }

    @Test
    void no_change_of_a_token_is_made_whose_precondition_fails() {
        Token disabled = NAMED.disabled(Reason.NONE, new Actor.FileOwner(), NOW);
        Token rotated = NAMED.rotated(
                digest("second"), new GracePeriod(GracePeriod.LONGEST), Optional.empty(), new Actor.FileOwner(), NOW);
        assertDependsOnPrecondition(NAMED, precondition -> new Change.Edit(CI, edit(), precondition));
        assertDependsOnPrecondition(NAMED, precondition -> new Change.Revoke(CI, precondition));
        assertDependsOnPrecondition(NAMED, precondition -> new Change.Disable(CI, Reason.NONE, precondition));
        assertDependsOnPrecondition(disabled, precondition -> new Change.Enable(CI, precondition));
        assertDependsOnPrecondition(
                NAMED,
                precondition ->
                        new Rotation.Begin(CI, digest("new"), GracePeriod.NONE, Optional.empty(), precondition));
        assertDependsOnPrecondition(rotated, precondition -> new Rotation.Finish(CI, precondition));
        assertDependsOnPrecondition(rotated, precondition -> new Rotation.Undo(CI, precondition));
    }

    private static void assertDependsOnPrecondition(Token token, Function<Precondition, Change> change) {
        var tokens = new Existing(List.of(token));
        var another = new TokenVersion(token.id(), token.version().number() + 1);
        assertThat(outcome(tokens, change.apply(new Precondition(List.of(another))), new Actor.FileOwner()))
                .isEqualTo("VersionMismatch");
        assertThat(change.apply(new Precondition(List.of(token.version()))).decide(tokens, new Actor.FileOwner(), NOW))
                .isNotNull();
    }

    @Test
    void a_token_gets_no_name_that_is_taken_or_that_a_new_token_may_not_have() {
        var tokens = new Existing(List.of(NAMED, EXPIRED));
        assertThat(outcome(tokens, rename("old"), new Actor.FileOwner())).isEqualTo("NameTaken");
        assertThat(outcome(tokens, rename("\u0441i"), new Actor.FileOwner()))
                .as("a Cyrillic letter beside a Latin one")
                .isEqualTo("Invalid");
        assertThat(outcome(tokens, rename("free"), new Actor.FileOwner())).isEqualTo("Edited");
        assertThat(outcome(tokens, rename("ci"), new Actor.FileOwner())).isEqualTo("Edited");
        Token old = token(3, "\u0441i", Expiry.NEVER);
        assertThat(outcome(
                        new Existing(List.of(old)),
                        new Change.Edit(old.name(), renamed("\u0441i"), Precondition.NONE),
                        new Actor.FileOwner()))
                .as("a name that an older version allowed is kept")
                .isEqualTo("Edited");
    }

    @Test
    void a_new_token_gets_no_name_that_looks_like_another() {
        TokenName mixed = new TokenName("\u0441i");
        for (Change change : List.of(
                new Change.CreateNamed(mixed, digest("new"), Lifetime.UNLIMITED, Description.NONE),
                new Change.Register(mixed, digest("new"), Lifetime.UNLIMITED, Description.NONE))) {
            assertThat(outcome(new Existing(List.of(OPERATOR)), change, new Actor.FileOwner()))
                    .isEqualTo("Invalid");
        }
    }

    @Test
    void only_who_may_replace_the_operators_secret_accepts_a_ledger_that_lost_entries() {
        var tokens = new Existing(List.of(OPERATOR, NAMED));
        var accept = new Change.AcceptLedger();
        for (String actor : List.of("owner", "recovery", "operator")) {
            assertThat(outcome(tokens, accept, requireNonNull(ACTORS.get(actor))))
                    .isEqualTo("LedgerAccepted");
        }
        for (String actor : List.of("named", "finder")) {
            assertThat(outcome(tokens, accept, requireNonNull(ACTORS.get(actor))))
                    .isEqualTo("Forbidden");
        }
        for (String actor : List.of("bootstrap", "stranger", "guest", "revoked")) {
            assertThat(outcome(tokens, accept, requireNonNull(ACTORS.get(actor))))
                    .isEqualTo("Unauthenticated");
        }
        assertThat(outcome(new Existing(List.of(NAMED)), accept, new Actor.FileOwner()))
                .isEqualTo("NoOperator");
    }

    @Test
    void a_refusal_costs_no_stack_trace_and_names_what_it_is_about() {
        var taken = new TokenFailure.NameTaken(CI);
        assertThat(taken.fillInStackTrace()).isSameAs(taken);
        assertThat(taken.getStackTrace()).isEmpty();
        assertThat(taken.name()).isEqualTo(CI);
    }

    private static Change rename(String name) {
        return new Change.Edit(CI, renamed(name), Precondition.NONE);
    }

    private static TokenEdit renamed(String name) {
        return new TokenEdit(Optional.of(new TokenName(name)), Optional.empty(), Optional.empty());
    }

    private static TokenEdit edit() {
        return new TokenEdit(Optional.empty(), Optional.of(new Description("edited")), Optional.empty());
    }

    private static Token token(long id, String name, Expiry expiry) {
        return new Token(
                new TokenVersion(new TokenId(id), 1),
                new TokenName(name),
                SecretDigests.first(digest(name)),
                Description.NONE,
                expiry,
                NOW.minusSeconds(60),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static TokenDigest digest(String secret) {
        return TokenSecret.presented(secret).digest();
    }

    private record Existing(List<Token> tokens) implements Tokens {
        @Override
        public boolean isEmpty() {
            return tokens.isEmpty();
        }

        @Override
        public TokenId nextId() {
            return new TokenId(tokens.size());
        }

        @Override
        public Optional<Token> find(TokenName name) {
            return tokens.stream().filter(token -> token.name().equals(name)).findFirst();
        }

        @Override
        public Optional<Token> find(TokenDigest digest) {
            return tokens.stream()
                    .filter(token -> token.secrets().digests().anyMatch(digest::equals))
                    .findFirst();
        }
    }
}
