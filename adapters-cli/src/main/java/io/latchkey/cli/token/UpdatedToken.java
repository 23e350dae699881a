package io.latchkey.cli.token;

import io.latchkey.application.TokenAdministration;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenName;
import java.util.Optional;

/**
 * A token after an edit.
 *
 * @param before its kind before an edit of its permissions; empty if they were not edited, or the caller must not know
 */
record UpdatedToken(Token token, Optional<TokenKind> before) {
    /** Edits a token. */
    static UpdatedToken by(TokenAdministration administration, TokenName name, TokenEdit edit) {
        Optional<TokenKind> before = edit.attributes().permissions().flatMap(_ -> kind(administration, name));
        return new UpdatedToken(administration.edit(name, edit, Precondition.NONE), before);
    }

    /** A failure is left to the edit, which may be allowed where reading is not. */
    private static Optional<TokenKind> kind(TokenAdministration administration, TokenName name) {
        try {
            return Optional.of(administration.find(name).kind());
        } catch (TokenFailure _) {
            return Optional.empty();
        }
    }

    /** What the user must know about the edit; empty if there is nothing. */
    String hints(TokenEdit edit) {
        String kind = before.equals(Optional.of(TokenKind.ADMIN))
                ? "Note: " + Quoted.quoted(token.name().value())
                        + " was an admin token, and is a resource token for good.\n"
                : "";
        return kind + AttributeOptions.hint(edit.attributes());
    }
}
