package io.latchkey.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The permissions of a token, in one form: sorted, and with one permission for each set of resources. A token may do what any
 * of them allows.
 *
 * @param all at most {@value #MOST}, of {@value #LONGEST} characters together
 */
record Permissions(List<Permission> all) {
    static final int MOST = 64;
    static final int LONGEST = 4_096;

    static final Permissions NONE = new Permissions(List.of());

    /** Merges permissions for the same resources. */
    Permissions {
        Map<String, Permission> byResources = new TreeMap<>();
        for (Permission each : all) {
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
    }

    /**
     * Parses permissions.
     *
     * @throws TokenFailure.Invalid if one is not a permission, or if they are too many or too long
     */
    static Permissions parse(Collection<String> texts) {
        return new Permissions(texts.stream().map(Permission::parse).toList());
    }

    /** Each permission in its one form. */
    List<String> texts() {
        return all.stream().map(Permission::text).toList();
    }

    /** Whether they allow an action on one resource. */
    boolean allow(String type, String name, String action) {
        for (Permission each : all) {
            if (each.type().equals(type) && each.allows(name, action)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether they allow everything that others allow. Exact, because a prefix stands for more names than 64 permissions can
     * list one by one.
     */
    boolean contain(Permissions others) {
        return others.all().stream()
                .allMatch(other -> other.names().stream()
                        .allMatch(name ->
                                other.actions().stream().allMatch(action -> allow(other.type(), name, action))));
    }

    private boolean allow(String type, ResourceName name, String action) {
        return all.stream().anyMatch(each -> each.type().equals(type) && each.allows(name, action));
    }
}
