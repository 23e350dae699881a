package io.latchkey.cli.token;

import io.latchkey.application.ActorAccess;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenKind;

/** Refuses to do without the digests of secrets, which resource tokens are not shown, what would be wrong without them. */
public final class HiddenDigests {
    private HiddenDigests() {}

    /** Refuses a token without its digest. */
    public static void refuse(Token token) {
        if (token.digest().isHidden()) {
            throw failure();
        }
    }

    /** Refuses a caller that saw no tokens because it is a resource token, not because there are none. */
    public static void refuseHolder(ActorAccess access) {
        if (isResourceToken(access)) {
            throw failure();
        }
    }

    private static boolean isResourceToken(ActorAccess access) {
        try {
            return access.tokens().own().kind() == TokenKind.RESOURCE;
        } catch (TokenFailure.Unauthenticated _) {
            return false; // the owner of the file
        }
    }

    private static TokenFailure failure() {
        return new TokenFailure.Invalid(
                "hash", "this needs the hashes of secrets, which resource tokens are not shown: use an admin token");
    }
}
