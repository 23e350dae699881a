package io.latchkey.application.ledger;

import io.latchkey.domain.Actor;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A ledger entry for clients. Kinds are text, so that an older client can show entries of a newer server.
 *
 * @param kind what happened, such as {@code issued}
 * @param before the token before the event; empty if it was created
 * @param after the token after the event; empty if it was deleted
 */
public record LedgerRecord(
        long revision, Instant at, String kind, ActorDescription by, Optional<Token> before, Optional<Token> after) {

    /**
     * The actor of an entry.
     *
     * @param kind such as {@code owner}, or {@code holder} for the holder of a token, which the next three describe
     * @param user user name in the operating system; only for an owner
     */
    public record ActorDescription(
            String kind,
            Optional<TokenId> tokenId,
            Optional<TokenName> tokenName,
            Optional<TokenDigest> digest,
            Optional<LocalUser> user) {
        private static final String HOLDER = Actor.Kind.HOLDER.word();

        static ActorDescription of(Actor actor) {
            Optional<Actor.Holder> holder = actor instanceof Actor.Holder it ? Optional.of(it) : Optional.empty();
            return new ActorDescription(
                    actor.kind().word(),
                    actor.tokenId(),
                    holder.map(Actor.Holder::name),
                    holder.map(Actor.Holder::digest),
                    actor instanceof Actor.FileOwner(var user) ? user : Optional.empty());
        }

        /** The name of the acting token or local user, if known. */
        public Optional<String> name() {
            return tokenName.map(TokenName::value).or(() -> user.map(LocalUser::name));
        }

        /** The kind of actor, with the name after a colon if there is one: {@code holder:ci}, {@code owner:alice}. */
        public String displayName() {
            return name().map(name -> kind + ":" + name).orElse(kind);
        }

        /** Whether a filter matches this actor: by kind, by {@link #displayName()}, or by token name. */
        boolean isCalled(String asked) {
            int colon = asked.indexOf(':');
            String asKind = colon < 0 ? asked : asked.substring(0, colon);
            if (Actor.Kind.of(asKind).isPresent()) {
                return asked.equals(kind) || asked.equals(displayName());
            }
            return kind.equals(HOLDER) && name().filter(asked::equals).isPresent();
        }
    }

    public static LedgerRecord of(LedgerEntry entry) {
        TokenEvent event = entry.event();
        return new LedgerRecord(
                entry.revision(),
                event.at(),
                event.kind().word(),
                ActorDescription.of(event.actor()),
                event.before(),
                event.after());
    }

    /**
     * The same entry for a reader who must not learn digests or the names of admins.
     *
     * @param reader the reader's own token, which is named as the actor
     */
    public LedgerRecord withoutDigests(Optional<TokenId> reader) {
        boolean itself = by.tokenId().isPresent()
                && (by.tokenId().equals(Optional.of(token().id()))
                        || by.tokenId().equals(reader));
        return new LedgerRecord(
                revision,
                at,
                kind,
                new ActorDescription(
                        by.kind(),
                        itself ? by.tokenId() : Optional.empty(),
                        itself ? by.tokenName() : Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                before.map(Token::withoutDigests),
                after.map(Token::withoutDigests));
    }

    /** The kinds of events that this version knows, in alphabetical order. */
    public static List<String> kinds() {
        return Stream.of(TokenEvent.Kind.values())
                .map(TokenEvent.Kind::word)
                .sorted()
                .toList();
    }

    /** The token concerned, in its latest state. */
    public Token token() {
        return after.or(() -> before).orElseThrow();
    }
}
