package io.latchkey.domain;

import java.util.regex.Pattern;

/**
 * One action on one resource, which a request needs: {@code grafana:prod:read}. It holds the hashes that a {@link
 * PermissionTable} looks up.
 */
public final class RequiredPermission {
    // Of the hash FNV-1a; first of all, because the constants below need them.
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** To ask about the tokens that others present. */
    public static final RequiredPermission INTROSPECTION = onAll("introspection", "read");

    /** To verify the tokens that others present, several at a time. */
    public static final RequiredPermission VERIFICATION = onAll("verification", "read");

    /** To copy the whole store. */
    public static final RequiredPermission BACKUP = onAll("backup", "read");

    /** To read the whole ledger. */
    public static final RequiredPermission LEDGER = onAll("ledger", "read");

    private static final Pattern ACTION = Pattern.compile("[a-z0-9_-]{1,32}");

    private final String resource;
    private final String action;

    /** The hashes of the first 0, 1, ... characters of the resource. */
    private final long[] hashes;

    private RequiredPermission(String resource, String action) {
        this.resource = resource;
        this.action = action;
        hashes = new long[resource.length() + 1];
        hashes[0] = FNV_BASIS;
        for (int i = 0; i < resource.length(); i++) {
            hashes[i + 1] = next(hashes[i], resource.charAt(i));
        }
    }

    /** The FNV-1a hash of a text, one step a character. */
    static long hash(String text) {
        long hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = next(hash, text.charAt(i));
        }
        return hash;
    }

    private static long next(long hash, char c) {
        return (hash ^ c) * FNV_PRIME;
    }

    /** The hash of the first characters of the resource, as many as it has at most. */
    long hashOfPrefix(int length) {
        return hashes[length];
    }

    /** The type and the name, without percent-encoding, with a colon between them. */
    String resource() {
        return resource;
    }

    /** The action: 1 to 32 of {@code a-z 0-9 - _}. */
    public String action() {
        return action;
    }

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
    public boolean equals(Object other) {
        return other instanceof RequiredPermission required
                && resource.equals(required.resource)
                && action.equals(required.action);
    }

    @Override
    public int hashCode() {
        return 31 * resource.hashCode() + action.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
