package io.latchkey.application;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Suggests a known name for an unknown one: at most a third of the letters differ, or one is a prefix of the other.
 * Ignores case, hyphens and underscores.
 */
public final class NearestName {
    private static final int LONGEST = 64;
    private static final int SHORTEST_START = 3;

    private NearestName() {}

    /** The nearest known name; empty if none is near. */
    public static Optional<String> of(String unknown, Collection<String> known) {
        if (unknown.length() > LONGEST) {
            return Optional.empty();
        }
        String written = folded(unknown);
        return known.stream()
                .map(name -> Map.entry(name, distance(written, folded(name))))
                .filter(near -> near.getValue() <= tolerance(written, folded(near.getKey())))
                .min(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private static int tolerance(String written, String known) {
        int shorter = Math.min(written.length(), known.length());
        boolean begins = shorter >= SHORTEST_START && (known.startsWith(written) || written.startsWith(known));
        return begins ? LONGEST : Math.max(written.length(), known.length()) / 3;
    }

    /**
     * The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment
     * distance).
     */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean exchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = exchanged ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
