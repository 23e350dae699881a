package io.latchkey.domain;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What most tokens leave at its default: what a token may do, from where and from when, and whose it is. One object for all
 * of them, so that a token without any costs no memory for them.
 *
 * @param rights everything, for an admin token; permissions, for a resource token
 * @param from where the token is accepted
 * @param notBefore when it begins to be valid
 * @param owner who is responsible for it
 * @param labels by which it is found
 * @param routes the requests to guarded services for which it is accepted
 */
public record Attributes(Rights rights, Origins from, NotBefore notBefore, Owner owner, Labels labels, Routes routes) {
    /** Those of the operator, and of an admin token without limits, owner and labels. */
    public static final Attributes ADMIN =
            new Attributes(Rights.ALL, Origins.ANYWHERE, NotBefore.NONE, Owner.NONE, Labels.NONE, Routes.ANY);

    /** These attributes with other rights. */
    public Attributes with(Rights changed) {
        return new Attributes(changed, from, notBefore, owner, labels, routes);
    }

    /** Whether the secret of a token is accepted from everywhere, at once and for every request. */
    public boolean areUnlimited() {
        return from.networks().isEmpty() && notBefore.at().isEmpty() && routes.isEmpty();
    }

    /** Whether they allow a token to be used at a time, from an address, for a request that is asked for only if it matters. */
    boolean allow(long nowMillis, InetAddress address, Supplier<Optional<RequestRoute>> request) {
        return notBefore.allows(nowMillis) && from.allow(address) && (routes.isEmpty() || routes.allow(request.get()));
    }

    /**
     * What a token with other attributes can do and one with these cannot; empty if there is nothing. Routes do not matter: a
     * token with routes does not act, and a token without them can give any.
     *
     * @param since when the other token was created, before which it cannot be used either
     */
    Optional<String> missingFor(Attributes others, Instant since) {
        if (!rights.contain(others.rights)) {
            return Optional.of("not all of the permissions " + String.join(" ", others.rights.texts()));
        }
        if (!from.contain(others.from)) {
            return Optional.of("only origins within " + String.join(" ", from.texts()));
        }
        return notBefore.contains(others.notBefore) || notBefore.allows(since.toEpochMilli())
                ? Optional.empty()
                : notBefore.at().map(at -> "not a start before " + at);
    }
}
