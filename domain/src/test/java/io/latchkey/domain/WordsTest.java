package io.latchkey.domain;

import static io.latchkey.domain.TestTokens.NOW;
import static io.latchkey.domain.TestTokens.OWNER;
import static io.latchkey.domain.TestTokens.issued;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names that the ledger and every API write: a contract. */
final class WordsTest {
    @Test
    void of_events() {
        Token token = issued(1, "ci", Attributes.ADMIN);
        List<TokenEvent> all = List.of(
                new TokenEvent.Issued(OWNER, NOW, token),
                new TokenEvent.Regenerated(OWNER, NOW, token, token),
                new TokenEvent.Edited(OWNER, NOW, token, token),
                new TokenEvent.Revoked(OWNER, NOW, token),
                new TokenEvent.OperatorSecretLeaked(OWNER, NOW, token),
                new TokenEvent.Rotated(OWNER, NOW, token, token),
                new TokenEvent.RotationFinished(OWNER, NOW, token, token),
                new TokenEvent.RotationUndone(OWNER, NOW, token, token),
                new TokenEvent.Disabled(OWNER, NOW, token, token),
                new TokenEvent.Enabled(OWNER, NOW, token, token),
                new TokenEvent.RetiredSecretPresented(OWNER, NOW, token, token),
                new TokenEvent.LedgerAccepted(OWNER, NOW, token));
        assertThat(all.stream().map(event -> event.kind().word()))
                .containsExactly(
                        "issued",
                        "regenerated",
                        "edited",
                        "revoked",
                        "exposed",
                        "rotated",
                        "rotation_finished",
                        "rotation_undone",
                        "disabled",
                        "enabled",
                        "retired_secret_used",
                        "ledger_accepted");
        for (TokenEvent event : all) {
            assertThat(TokenEvent.Kind.of(event.kind().word())).contains(event.kind());
            assertThat(event.tokenId()).isEqualTo(token.id());
        }
        assertThat(TokenEvent.Kind.of("Issued")).isEmpty();
    }

    @Test
    void of_actors() {
        List<Actor> all = List.of(
                Actor.Holder.of(issued(1, "ci", Attributes.ADMIN)),
                OWNER,
                new Actor.LocalBootstrap(),
                new Actor.RemoteBootstrap(),
                new Actor.Recovery(),
                new Actor.LeakReporter(),
                new Actor.Anonymous(),
                new Actor.ReuseDetector());
        assertThat(all.stream().map(actor -> actor.kind().word()))
                .containsExactly(
                        "holder", "owner", "bootstrap", "stranger", "recovery", "finder", "guest", "presenter");
        for (Actor actor : all) {
            assertThat(Actor.Kind.of(actor.kind().word())).contains(actor.kind());
        }
        assertThat(all.stream().flatMap(actor -> actor.tokenId().stream())).containsExactly(new TokenId(1));
    }

    @Test
    void of_kinds_of_tokens_and_of_acts_on_tokens() {
        assertThat(Stream.of(TokenKind.values()).map(TokenKind::word)).containsExactly("operator", "admin", "resource");
        assertThat(Stream.of(TokenPermission.values()).map(TokenPermission::word))
                .containsExactly("read", "create", "update", "rotate", "disable", "delete");
        assertThat(TokenPermission.READ.onSome()).isEqualTo("tokens:*:read");
    }
}
