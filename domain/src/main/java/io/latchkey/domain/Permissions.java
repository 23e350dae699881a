package io.latchkey.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The permissions of a token, in one form: sorted, and with one permission for each set of resources. A token may do what any
 * of them allows. They are compiled once for look-ups that allocate nothing.
 */
public final class Permissions implements Rights {
    /** The most permissions of a token. */
    public static final int MOST = 64;

    /** The most characters of all permissions of a token together. */
    public static final int LONGEST = 4_096;

    /** No permission. */
    public static final Permissions NONE = new Permissions(List.of());

    private final List<Permission> all;

    private final PermissionTable table;

    /** Merges permissions for the same resources; {@link TokenFailure.Invalid} if they are too many or too long. */
    public Permissions(Collection<Permission> given) {
        Map<String, Permission> byResources = new TreeMap<>();
        for (Permission each : given) {
            byResources.merge(each.resources(), each, Permission::withActionsOf);
        }
        all = List.copyOf(byResources.values());
        if (all.size() > MOST) {
            throw new TokenFailure.Invalid("permissions", "a token must not have more than " + MOST + " permissions");
        }
        if (all.stream().mapToInt(each -> each.text().length()).sum() > LONGEST) {
            throw new TokenFailure.Invalid(
                    "permissions", "the permissions of a token must not be longer than " + LONGEST + " characters");
        }
        table = new PermissionTable(all);
    }

    /**
     * Parses permissions.
     *
     * @throws TokenFailure.Invalid if one is not a permission, or if they are too many or too long
     */
    public static Permissions parse(Collection<String> texts) {
        return texts.isEmpty()
                ? NONE
                : new Permissions(texts.stream().map(Permission::parse).toList());
    }

    /** The permissions, sorted. */
    public List<Permission> all() {
        return all;
    }

    @Override
    public List<String> texts() {
        return all.stream().map(Permission::text).toList();
    }

    @Override
    public boolean allow(RequiredPermission required) {
        return table.allows(required);
    }

    @Override
    public boolean allowSome(String type, String action) {
        return all.stream().anyMatch(each -> each.type().equals(type) && each.allowsAction(action));
    }

    /** Exact, because a prefix stands for more names than {@value #MOST} permissions can list one by one. */
    @Override
    public boolean contain(Rights others) {
        return switch (others) {
            case All() -> false;
            case Permissions permissions -> permissions.all().stream().allMatch(this::contain);
        };
    }

    private boolean contain(Permission other) {
        return other.names().stream()
                .allMatch(name -> other.actions().stream().allMatch(action -> allow(other.type(), name, action)));
    }

    private boolean allow(String type, ResourceName name, String action) {
        return all.stream().anyMatch(each -> each.type().equals(type) && each.allows(name, action));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permissions permissions && all.equals(permissions.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", texts());
    }
}
