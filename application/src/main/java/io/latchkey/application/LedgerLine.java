package io.latchkey.application;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An entry of the ledger as it is told: in words, so that whoever reads understands what a newer authority writes.
 *
 * @param kind what happened, such as {@code issued}
 * @param before the token as it was, unless it is new
 * @param after the token as it was then, unless it was gone
 */
public record LedgerLine(
        long revision, Instant at, String kind, Who by, Optional<Token> before, Optional<Token> after) {

    /**
     * Who did it.
     *
     * @param kind such as {@code owner}, or {@code holder} for whoever presented a token, which the others describe
     */
    public record Who(
            String kind, Optional<TokenId> tokenId, Optional<TokenName> tokenName, Optional<TokenDigest> digest) {
        static Who of(Actor actor) {
            Optional<Actor.Holder> holder = actor instanceof Actor.Holder it ? Optional.of(it) : Optional.empty();
            return new Who(
                    word(actor), actor.tokenId(), holder.map(Actor.Holder::name), holder.map(Actor.Holder::digest));
        }

        /** The token that acted by its name, everybody else by what they are. */
        public String label() {
            return tokenName.map(TokenName::value).orElse(kind);
        }
    }

    static LedgerLine of(LedgerEntry entry) {
        TokenEvent event = entry.event();
        return new LedgerLine(
                entry.revision(), event.at(), word(event), Who.of(event.actor()), event.before(), event.after());
    }

    /** The token that it is about, as it was in the end. */
    public Token token() {
        return after.or(() -> before).orElseThrow();
    }

    /** What a fact or an actor is called: its type in small letters, as in the ledger itself. */
    private static String word(Object fact) {
        return fact.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }
}
