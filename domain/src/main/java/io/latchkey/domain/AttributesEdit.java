package io.latchkey.domain;

import java.util.Optional;

/**
 * New values for the attributes of a token; empty values stay unchanged.
 *
 * @param permissions replace all others; an admin token becomes a resource token, and never the other way round: all rights
 *     only describe a token that has them
 * @param from replace all others
 * @param labels replace all others
 * @param routes replace all others
 */
public record AttributesEdit(
        Optional<Rights> permissions,
        Optional<Origins> from,
        Optional<NotBefore> notBefore,
        Optional<Owner> owner,
        Optional<Labels> labels,
        Optional<Routes> routes) {
    /** Changes nothing. */
    public static final AttributesEdit NONE = new AttributesEdit(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /**
     * The attributes after this edit.
     *
     * @throws TokenFailure.Invalid if a resource token would become an admin token
     */
    public Attributes appliedTo(Attributes before) {
        if (permissions.filter(Rights.ALL::equals).isPresent()
                && !before.rights().equals(Rights.ALL)) {
            throw new TokenFailure.Invalid(
                    "permissions", "a resource token cannot become an admin token: create an admin token instead");
        }
        return isEmpty()
                ? before
                : new Attributes(
                        permissions.orElse(before.rights()),
                        from.orElse(before.from()),
                        notBefore.orElse(before.notBefore()),
                        owner.orElse(before.owner()),
                        labels.orElse(before.labels()),
                        routes.orElse(before.routes()));
    }

    /** This edit without the values that attributes have already. */
    public AttributesEdit changing(Attributes before) {
        return new AttributesEdit(
                permissions.filter(value -> !value.equals(before.rights())),
                from.filter(value -> !value.equals(before.from())),
                notBefore.filter(value -> !value.equals(before.notBefore())),
                owner.filter(value -> !value.equals(before.owner())),
                labels.filter(value -> !value.equals(before.labels())),
                routes.filter(value -> !value.equals(before.routes())));
    }
}
