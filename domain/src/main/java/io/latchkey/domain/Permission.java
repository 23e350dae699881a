package io.latchkey.domain;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Allows some actions on some resources of one type: {@code db:metrics,logs:read,write}, {@code grafana:prod:read} or {@code
 * tokens:ci-*:rotate}. The form is InfluxDB 3 Enterprise's; the types beside {@code db} and {@code system} are Latchkey's own
 * and those of the services that it guards.
 *
 * <p>Permissions only allow, and none implies another. Types with a fixed set of actions hold them written out, so that equal
 * permissions have one form.
 *
 * @param type 1 to 32 of {@code a-z 0-9 -}, beginning with a letter
 * @param names one or more; {@link ResourceName#ANY} stands alone
 * @param actions one or more of 1 to 32 of {@code a-z 0-9 - _}, or {@value #ANY} alone
 */
public record Permission(String type, NavigableSet<ResourceName> names, List<String> actions) {
    static final String ANY = "*";

    static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern ACTION = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final int LONGEST_SHOWN = 64;

    /** The actions of the types that have fixed ones, in the order in which they are shown. */
    private static final Map<String, List<String>> FIXED = Map.of(
            "db", List.of("create", "describe", "read", "write", "delete"),
            "system", List.of("read"),
            "tokens", List.of("read", "create", "update", "rotate", "disable", "delete"),
            "ledger", List.of("read"),
            "introspection", List.of("read"),
            "verification", List.of("read"),
            "backup", List.of("read"));

    private static final List<String> SYSTEM = List.of("health", "metrics", "ping", "ready");

    /** Checks and orders the parts; throws {@link TokenFailure.Invalid} with the rule that they break. */
    public Permission {
        if (type.equals(ANY)) {
            throw new TokenFailure.Invalid("permissions", "* resource type can only be set for admin token");
        }
        if (!TYPE.matcher(type).matches()) {
            throw invalid("resource type not supported " + shown(type));
        }
        names = new TreeSet<>(names);
        if (names.isEmpty()) {
            throw invalid("a resource name is missing");
        }
        if (names.size() > 1 && names.contains(ResourceName.ANY)) {
            throw invalid("mixed wildcard (*) and resource name");
        }
        if (type.equals("system")) {
            names.forEach(Permission::checkSystem);
        }
        actions = checked(type, actions);
    }

    private static void checkSystem(ResourceName name) {
        if (!name.equals(ResourceName.ANY) && !SYSTEM.contains(name.text())) {
            throw invalid("invalid resource name " + shown(name.text()));
        }
    }

    private static List<String> checked(String type, Collection<String> given) {
        List<String> fixed = FIXED.get(type);
        NavigableSet<String> actions = new TreeSet<>(given);
        if (actions.isEmpty() || (actions.size() > 1 && actions.contains(ANY))) {
            throw invalid(actions.isEmpty() ? "an action is missing" : "mixed wildcard (*) and action");
        }
        for (String action : actions) {
            boolean known = fixed == null ? ACTION.matcher(action).matches() : fixed.contains(action);
            if (!known && !action.equals(ANY)) {
                throw invalid("action not supported, " + (type.equals("db") ? "database" : shown(type)) + " action "
                        + shown(action));
            }
        }
        if (fixed == null) {
            return List.copyOf(actions);
        }
        return actions.contains(ANY)
                ? fixed
                : fixed.stream().filter(actions::contains).toList();
    }

    /**
     * Parses {@code type:names:actions}.
     *
     * @throws TokenFailure.Invalid with InfluxDB's sentence, where it has one
     */
    public static Permission parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw invalid("expected TYPE:NAMES:ACTIONS, such as db:metrics:read, and not " + shown(text));
        }
        return of(parts[0], List.of(parts[1].split(",", -1)), List.of(parts[2].split(",", -1)));
    }

    /**
     * A permission of its parts, in the form that they have between the colons and commas of the text.
     *
     * @throws TokenFailure.Invalid as {@link #parse}
     */
    public static Permission of(String type, List<String> names, List<String> actions) {
        NavigableSet<ResourceName> parsed = new TreeSet<>();
        for (String name : names) {
            parsed.add(name(type, name));
            if (names.size() > 1 && name.strip().equals(ANY)) {
                throw invalid("mixed wildcard (*) and resource name");
            }
        }
        return new Permission(type, parsed, actions);
    }

    /** The name of a resource of a type; InfluxDB takes those of {@code system} in any case, with white space around. */
    static ResourceName name(String type, String text) {
        return ResourceName.parse(type.equals("system") ? text.strip().toLowerCase(Locale.ROOT) : text);
    }

    static TokenFailure invalid(String reason) {
        return new TokenFailure.Invalid("permissions", "cannot parse token permission, " + reason);
    }

    /** The types that Latchkey and InfluxDB know, in alphabetical order; every other type is a service's own. */
    public static List<String> types() {
        return FIXED.keySet().stream().sorted().toList();
    }

    /** A part of the input, short and without a secret, for an error. */
    static String shown(String text) {
        String masked = TokenSecret.masked(text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]", " "));
        return masked.length() > LONGEST_SHOWN ? masked.substring(0, LONGEST_SHOWN) + "…" : masked;
    }

    /** Whether this allows an action on all resources that a name stands for. */
    boolean allows(ResourceName name, String action) {
        return allowsAction(action) && covers(name);
    }

    /** Whether one of the names stands for all that a name stands for. */
    boolean covers(ResourceName name) {
        return names.stream().anyMatch(each -> each.covers(name));
    }

    boolean allowsAction(String action) {
        return actions.contains(action) || actions.getFirst().equals(ANY);
    }

    /** This permission with the actions of another one for the same resources. */
    Permission withActionsOf(Permission other) {
        List<String> both = Stream.of(actions, other.actions)
                .<String>flatMap(List::stream)
                .distinct()
                .toList();
        return new Permission(type, names, both.contains(ANY) ? List.of(ANY) : both);
    }

    /** The text in its one form, which {@link #parse} reads. */
    public String text() {
        return resources() + ":" + joined(actions, Function.identity());
    }

    /** The text of the resources alone. */
    String resources() {
        return type + ":" + joined(names, ResourceName::text);
    }

    private static <T> String joined(Collection<T> parts, Function<T, String> text) {
        return parts.stream().map(text).collect(joining(","));
    }
}
