package io.latchkey.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads {@code openapi.yml} for tests. */
public record ApiDescription(Map<String, Object> root) {
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");

    /** An operation of the API. */
    record Operation(String method, String path, Map<String, Object> spec) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public static ApiDescription read() {
        try (InputStream stream = ApiDescription.class.getResourceAsStream("api/openapi.yml")) {
            return new ApiDescription(object(yaml().load(stream)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses a JSON text as YAML. */
    public static Object json(String text) {
        return yaml().load(text);
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        object(root.get("paths"))
                .forEach((path, methods) -> object(methods).forEach((method, spec) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, object(spec)));
                    }
                }));
        return operations;
    }

    /** Resolves a reference; returns other values as they are. */
    Map<String, Object> resolved(@Nullable Object value) {
        Map<String, Object> object = object(value);
        if (!(object.get("$ref") instanceof String reference)) {
            return object;
        }
        Object target = root;
        for (String step : reference.substring("#/".length()).split("/", -1)) {
            target = object(target).get(step);
            if (target == null) {
                throw new AssertionError("points to nothing: " + reference);
            }
        }
        return resolved(target);
    }

    /** The violations of a schema by a value; empty if it is valid. */
    public String flaw(@Nullable Object described, @Nullable Object value) {
        Map<String, Object> schema = resolved(described);
        if (schema.containsKey("const") && !requireNonNull(schema.get("const")).equals(value)) {
            return value + " is not " + schema.get("const");
        }
        if (schema.containsKey("enum") && !list(schema.get("enum")).contains(value)) {
            return value + " is none of " + schema.get("enum");
        }
        Set<String> types = schema.get("type") instanceof String one
                ? Set.of(one)
                : list(schema.get("type")).stream().map(String::valueOf).collect(Collectors.toSet());
        if (!types.isEmpty() && !types.contains(type(value))) {
            return value + " is " + type(value) + ", not " + types;
        }
        if (schema.get("pattern") instanceof String pattern
                && value instanceof String text
                && !Pattern.compile(pattern).matcher(text).find()) {
            return text + " does not match " + pattern;
        }
        if (value instanceof List<?> elements && schema.containsKey("items")) {
            return elements.stream()
                    .map(element -> flaw(schema.get("items"), element))
                    .filter(flaw -> !flaw.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        return value instanceof Map<?, ?> ? flawOfMembers(schema, object(value)) : "";
    }

    private String flawOfMembers(Map<String, Object> schema, Map<String, Object> members) {
        Map<String, Object> properties = schema.containsKey("properties") ? object(schema.get("properties")) : Map.of();
        for (Object name : list(schema.get("required"))) {
            if (!members.containsKey(String.valueOf(name))) {
                return "no " + name;
            }
        }
        for (Map.Entry<String, Object> member : members.entrySet()) {
            if (properties.containsKey(member.getKey())) {
                String flaw = flaw(properties.get(member.getKey()), member.getValue());
                if (!flaw.isEmpty()) {
                    return member.getKey() + ": " + flaw;
                }
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                return "what is " + member.getKey() + "?";
            }
        }
        return "";
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "string";
            case Boolean _ -> "boolean";
            case Integer _, Long _ -> "integer";
            case List<?> _ -> "array";
            case Map<?, ?> _ -> "object";
            default -> "number";
        };
    }
}
