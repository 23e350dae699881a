package io.latchkey.application;

import java.util.Map;

/** Whether recorded files are written anew instead of being compared: {@code -Dlatchkey.record=true}. */
public final class Recording {
    private Recording() {}

    /**
     * Whether they are.
     *
     * @throws IllegalStateException under {@code CI=true}, where a replay that is compared with itself would pass
     */
    public static boolean isWanted() {
        return isWanted(System.getProperty("latchkey.record", "false"), System.getenv());
    }

    static boolean isWanted(String property, Map<String, String> environment) {
        boolean wanted = Boolean.parseBoolean(property);
        if (wanted && "true".equals(environment.get("CI"))) {
            throw new IllegalStateException("-Dlatchkey.record=true writes what it should compare: not under CI=true");
        }
        return wanted;
    }
}
