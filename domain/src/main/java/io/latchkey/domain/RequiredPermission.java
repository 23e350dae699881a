package io.latchkey.domain;

import java.util.regex.Pattern;

/**
 * One action on one resource, which a request needs: {@code grafana:prod:read}.
 *
 * @param resource the type and the name, without percent-encoding, with a colon between them: what {@link Permissions} look up
 * @param action 1 to 32 of {@code a-z 0-9 - _}
 */
public record RequiredPermission(String resource, String action) {
    /** To ask about the tokens that others present. */
    public static final RequiredPermission INTROSPECTION = onAll("introspection", "read");

    /** To verify the tokens that others present, several at a time. */
    public static final RequiredPermission VERIFICATION = onAll("verification", "read");

    /** To copy the whole store. */
    public static final RequiredPermission BACKUP = onAll("backup", "read");

    private static final Pattern ACTION = Pattern.compile("[a-z0-9_-]{1,32}");

    /** An action on a resource of a type. */
    public static RequiredPermission of(String type, String name, String action) {
        return new RequiredPermission(type + ":" + name, action);
    }

    /** An action on all resources of a type: only a permission with {@code *} as its names allows it. */
    public static RequiredPermission onAll(String type, String action) {
        return of(type, "", action); // of all names, only those that a bare * stands for begin with nothing
    }

    /**
     * Parses {@code type:name:action}: one name, in the form of {@link ResourceName} and without a wildcard, and one action.
     *
     * @throws TokenFailure.Invalid if it is anything else
     */
    public static RequiredPermission parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3
                || !Permission.TYPE.matcher(parts[0]).matches()
                || !ACTION.matcher(parts[2]).matches()) {
            throw refused(text);
        }
        ResourceName name = Permission.name(parts[0], parts[1]);
        if (name.extent() == ResourceName.Extent.PREFIX) {
            throw refused(text);
        }
        return of(parts[0], name.name(), parts[2]);
    }

    private static TokenFailure refused(String text) {
        return new TokenFailure.Invalid(
                "permission",
                "expected TYPE:NAME:ACTION with one name and one action, such as grafana:prod:read, and not "
                        + Permission.shown(text));
    }

    /** Refuses rights that do not allow this. */
    public void check(Rights rights) {
        if (!rights.allow(this)) {
            throw new TokenFailure.PermissionMissing(this);
        }
    }

    /** The text, which {@link #parse} reads if it is about one resource. */
    public String text() {
        int colon = resource.indexOf(':');
        String name = resource.substring(colon + 1);
        ResourceName named = name.isEmpty() ? ResourceName.ANY : new ResourceName(name, ResourceName.Extent.WHOLE);
        return resource.substring(0, colon + 1) + named.text() + ":" + action;
    }

    @Override
    public String toString() {
        return text();
    }
}
