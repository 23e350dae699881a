package io.latchkey.http.security;

import static java.util.Objects.requireNonNull;

import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Token;
import io.latchkey.http.wire.Paths;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The paths that are public or disabled by {@code --disable-authz} and {@code --without-auth} (contract 1.13; A.2, row
 * 19).
 */
@Singleton
final class PublicPaths {
    /** Paths by the names of {@code --disable-authz}; some exist only in other InfluxDB products. */
    private static final Map<String, List<String>> PATHS = Map.of(
            "health", List.of(Paths.HEALTH, Paths.INFLUX_HEALTH),
            "ping", List.of(Paths.PING),
            "metrics", List.of(Paths.METRICS),
            "ready", List.of("/ready"),
            "pprof", List.of("/debug/pprof/heap"),
            "node_stop", List.of("/api/v3/enterprise/configure/node/stop"));

    /** What a resource token needs for the paths of which InfluxDB's permissions know the names. */
    private static final Map<String, RequiredPermission> SYSTEM = Map.of(
            Paths.HEALTH, RequiredPermission.of("system", "health", "read"),
            Paths.INFLUX_HEALTH, RequiredPermission.of("system", "health", "read"),
            Paths.PING, RequiredPermission.of("system", "ping", "read"),
            Paths.METRICS, RequiredPermission.of("system", "metrics", "read"));

    private final Set<String> open;
    private final boolean authenticationOff;

    /**
     * @param resources names of the paths that need no credential
     * @param withoutAuth whether authentication is off
     */
    PublicPaths(
            @Value("${latchkey.server.disable-authz:}") List<String> resources,
            @Value("${latchkey.server.without-auth:false}") boolean withoutAuth) {
        this.open = resources.stream()
                .filter(resource -> !resource.isEmpty())
                .flatMap(resource -> requireNonNull(PATHS.get(resource)).stream())
                .collect(Collectors.toUnmodifiableSet());
        this.authenticationOff = withoutAuth;
    }

    /** Whether the credential of a request for this path is not read at all. */
    boolean isOpen(String path) {
        return Paths.isProbe(path) || open.contains(path);
    }

    /** The permission that a path needs and the token lacks. */
    Optional<RequiredPermission> missing(Token token, String path) {
        return authenticationOff
                ? Optional.empty()
                : Optional.ofNullable(SYSTEM.get(path))
                        .filter(required -> !token.rights().allow(required));
    }

    /** Whether anybody may use all paths that are not disabled. */
    boolean isAuthenticationOff() {
        return authenticationOff;
    }

    /** Whether a path is disabled, because authentication is off and it administers tokens. */
    boolean isClosed(String path) {
        return authenticationOff && Paths.isTokens(path);
    }

    /** Whether a path requires a live token; batch verification does so even if authentication is off. */
    boolean requiresToken(String path) {
        return !authenticationOff || path.equals(Paths.VERIFY_BATCH);
    }
}
