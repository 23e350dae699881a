package io.latchkey.http.security;

import static java.util.Objects.requireNonNull;

import io.latchkey.http.wire.Paths;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What needs no credential, and what is closed, by the choice of whoever runs the server (contract 1.13; A.2, row 19). */
@Singleton
final class PublicPaths {
    /** What may be exempt, by name; some names are for paths that only other InfluxDBs have. */
    private static final Map<String, List<String>> PATHS = Map.of(
            "health", List.of(Paths.HEALTH, Paths.INFLUX_HEALTH),
            "ping", List.of(Paths.PING),
            "metrics", List.of(Paths.METRICS),
            "ready", List.of("/ready"),
            "pprof", List.of("/debug/pprof/heap"),
            "node_stop", List.of("/api/v3/enterprise/configure/node/stop"));

    private final Set<String> open;
    private final boolean everybody;

    /**
     * Exemptions as they were typed.
     *
     * @param resources names of what needs no credential
     */
    PublicPaths(
            @Value("${latchkey.server.disable-authz:}") List<String> resources,
            @Value("${latchkey.server.without-auth:false}") boolean withoutAuth) {
        this.open = resources.stream()
                .filter(resource -> !resource.isEmpty())
                .flatMap(resource -> requireNonNull(PATHS.get(resource)).stream())
                .collect(Collectors.toUnmodifiableSet());
        this.everybody = withoutAuth;
    }

    /** Whether a request for exactly this path is not even asked who sent it. */
    boolean isOpen(String path) {
        return Paths.isProbe(path) || open.contains(path);
    }

    /** Whether anybody may do whatever is not closed. */
    boolean isAuthenticationOff() {
        return everybody;
    }

    /** Whether nobody may do what is done at this path, because anybody could. */
    boolean isClosed(String path) {
        return everybody && Paths.isTokens(path);
    }

    /** Whether a request for this path needs a live token even if others do not: it asks for verdicts on tokens. */
    boolean isNeverForEverybody(String path) {
        return !everybody || path.equals(Paths.VERIFY_BATCH);
    }
}
