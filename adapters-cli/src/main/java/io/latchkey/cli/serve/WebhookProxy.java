package io.latchkey.cli.serve;

import io.latchkey.application.remote.HostAndPort;
import io.latchkey.application.remote.LoopbackNames;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.Variable;
import java.net.URI;
import java.util.Optional;

/** The proxy for a webhook, from {@code HTTPS_PROXY} and {@code NO_PROXY} as in curl and Go. */
final class WebhookProxy {
    private static final int DEFAULT_PORT = 443;

    private WebhookProxy() {}

    /** The proxy; empty if the address is on this machine or excluded by {@code NO_PROXY}. */
    static Optional<URI> of(Arguments arguments, URI address) {
        Environment environment = arguments.environment();
        NoProxy exceptions = new NoProxy(environment
                .variable(Variable.NO_PROXY)
                .map(Environment.Named::text)
                .orElse(""));
        HostAndPort server = HostAndPort.of(address).orElseThrow();
        int port = server.port() < 0 ? DEFAULT_PORT : server.port();
        if (!"https".equals(address.getScheme())
                || LoopbackNames.isNamedBy(server.host())
                || exceptions.covers(server.host(), port)) {
            return Optional.empty();
        }
        return environment
                .variable(Variable.HTTPS_PROXY)
                .map(named -> proxy(arguments, new Arguments.Given(named.text(), named.name())));
    }

    /** Errors do not quote the value, which may contain a password. */
    private static URI proxy(Arguments arguments, Arguments.Given given) {
        try {
            URI proxy = URI.create(given.text().contains("://") ? given.text() : "http://" + given.text());
            if ("http".equalsIgnoreCase(proxy.getScheme())
                    && HostAndPort.of(proxy).filter(HostAndPort::hasValidPort).isPresent()
                    && (proxy.getRawPath().isEmpty() || proxy.getRawPath().equals("/"))) {
                return proxy;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw arguments.refused("invalid value for '" + given.source()
                + "': expected a proxy such as http://proxy.example.org:3128 (TLS and SOCKS to the"
                + " proxy are not supported)");
    }
}
