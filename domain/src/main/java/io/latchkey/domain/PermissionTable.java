package io.latchkey.domain;

import java.util.Arrays;
import java.util.List;

/**
 * Permissions as a hash table in arrays, for look-ups that allocate nothing and touch few cache lines: by resource, and by
 * prefix for each length that a prefix has. Texts are compared where hashes are equal, so that a collision allows nothing.
 */
final class PermissionTable {
    private static final char WHOLE = '=';
    private static final char PREFIX = '*';

    /** Open addressing; a power of two, at least half of it empty. */
    private final long[] hashes;

    /**
     * In the place of each hash: {@link #WHOLE} or {@link #PREFIX}, the resource, a colon, and the actions with a comma after
     * each; empty where there is none.
     */
    private final String[] texts;

    /** The different lengths of prefixes. */
    private final int[] lengths;

    PermissionTable(List<Permission> permissions) {
        int size = Integer.highestOneBit(
                4 * permissions.stream().mapToInt(each -> each.names().size()).sum() + 1);
        hashes = new long[size];
        texts = new String[size];
        Arrays.fill(texts, "");
        lengths = permissions.stream()
                .flatMap(each -> each.names().stream()
                        .filter(name -> name.extent() == ResourceName.Extent.PREFIX)
                        .map(name -> resource(each, name)))
                .mapToInt(String::length)
                .distinct()
                .toArray();
        permissions.forEach(each -> each.names().forEach(name -> add(each, name)));
    }

    private static String resource(Permission permission, ResourceName name) {
        return permission.type() + ":" + name.name();
    }

    private void add(Permission permission, ResourceName name) {
        char extent = switch (name.extent()) {
            case WHOLE -> WHOLE;
            case PREFIX -> PREFIX;
        };
        String resource = resource(permission, name);
        long hash = hash(extent, RequiredPermission.hash(resource));
        int place = place(hash);
        while (!texts[place].isEmpty()) {
            place = place + 1 & hashes.length - 1;
        }
        hashes[place] = hash;
        texts[place] = extent + resource + ":" + String.join(",", permission.actions()) + ",";
    }

    /** Never 0, which an empty place has. */
    private static long hash(char extent, long resource) {
        return (resource + extent) | 1;
    }

    private int place(long hash) {
        return (int) (hash >>> 1 ^ hash >>> Integer.SIZE) & hashes.length - 1;
    }

    boolean allows(RequiredPermission required) {
        int longest = required.resource().length();
        if (allows(WHOLE, longest, required)) {
            return true;
        }
        for (int length : lengths) {
            if (length <= longest && allows(PREFIX, length, required)) {
                return true;
            }
        }
        return false;
    }

    private boolean allows(char extent, int length, RequiredPermission required) {
        long hash = hash(extent, required.hashOfPrefix(length));
        for (int place = place(hash); hashes[place] != 0; place = place + 1 & hashes.length - 1) {
            if (hashes[place] == hash && allows(texts[place], extent, length, required)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an entry is about the beginning of the required resource, and allows the action. */
    private static boolean allows(String entry, char extent, int length, RequiredPermission required) {
        int colon = 1 + length;
        return entry.length() > colon
                && entry.charAt(0) == extent
                && entry.regionMatches(1, required.resource(), 0, length)
                && entry.charAt(colon) == ':'
                && (entry.startsWith("*,", colon + 1) || holds(entry, colon + 1, required.action()));
    }

    private static boolean holds(String entry, int from, String action) {
        for (int at = from; at < entry.length(); at = entry.indexOf(',', at) + 1) {
            if (entry.startsWith(action, at) && entry.charAt(at + action.length()) == ',') {
                return true;
            }
        }
        return false;
    }
}
