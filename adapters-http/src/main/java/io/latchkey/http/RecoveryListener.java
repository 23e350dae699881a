package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.IssuedToken;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenFailure;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way back in for those who lost the operator token: one path, no credential, and one success, after which nobody is
 * heard any more, not even on a connection that was open (contract 1.9).
 *
 * <p>The JDK's own server, because it can be closed with everything that is open at it, and the main one need not know.
 */
final class RecoveryListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryListener.class);
    private static final int LONGEST_BODY = 64 * 1024;

    private final TokenAuthority authority;
    private final Origins origins;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("latchkey-recovery-", 0).factory());
    private final Object recovering = new Object();
    private boolean recovered;

    /** Whether somebody may ask from another machine, through whatever lies between. */
    enum Origins {
        LOCAL,
        REMOTE
    }

    /** Listens from now on, in the clear. */
    RecoveryListener(TokenAuthority authority, Origins origins, InetSocketAddress address) {
        this(authority, origins, address, Optional.empty());
    }

    /** Listens from now on. */
    RecoveryListener(
            TokenAuthority authority, Origins origins, InetSocketAddress address, Optional<HttpsConfigurator> tls) {
        this.authority = authority;
        this.origins = origins;
        try {
            server = tls.isPresent() ? secure(address, tls.get()) : HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new AuthorityUnavailable(
                    "cannot listen for the recovery of the operator token on " + address.getHostString() + ":"
                            + address.getPort()
                            + ": another program listens there, or this machine has no such address",
                    e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        LOG.warn("Admin token recovery endpoint enabled - WARNING: This allows unauthenticated admin token"
                + " regeneration!");
        server.start();
        LOG.atInfo()
                .addKeyValue("address", address())
                .log("starting admin token recovery endpoint " + (tls.isPresent() ? "with TLS on" : "on"));
    }

    private static HttpServer secure(InetSocketAddress address, HttpsConfigurator tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(tls);
        return server;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestMethod().equals("POST")
                    && Paths.REGENERATE_OPERATOR.equals(exchange.getRequestURI().getRawPath());
            if (!known) {
                answer(exchange, HttpStatus.NOT_FOUND, "not found");
            } else if (isFromElsewhere(exchange)) {
                answer(
                        exchange,
                        HttpStatus.FORBIDDEN,
                        "neither web pages nor proxies may recover the operator token: ask from the machine itself");
            } else if (isTooLong(exchange)) {
                answer(exchange, HttpStatus.BAD_REQUEST, "Failed to read request body");
            } else {
                synchronized (recovering) {
                    if (!recovered) {
                        recover(exchange);
                    }
                }
            }
        }
    }

    /** Any web page could send this request from a browser on this machine, and read what is answered. */
    private boolean isFromElsewhere(HttpExchange exchange) {
        return exchange.getRequestHeaders().keySet().stream().anyMatch(header -> switch (origins) {
            case LOCAL -> Bootstrap.tellsOfSomebodyElse(header);
            case REMOTE -> header.equalsIgnoreCase("origin");
        });
    }

    /** Read to its end: what is left unread when a connection is closed would take the answer with it. */
    private static boolean isTooLong(HttpExchange exchange) {
        try {
            return exchange.getRequestBody().readNBytes(LONGEST_BODY + 1).length > LONGEST_BODY;
        } catch (IOException e) {
            return true;
        }
    }

    private void recover(HttpExchange exchange) throws IOException {
        LOG.warn("Regenerating admin token without password through token recovery API request");
        IssuedToken operator;
        try {
            operator = authority.actingAs(new Actor.Recovery()).regenerateOperator();
        } catch (TokenFailure e) {
            Refusal refusal = Refusal.of(e);
            answer(exchange, refusal.status(), refusal.sentence());
            return;
        } catch (RuntimeException e) {
            LOG.error("the store cannot be used", e);
            answer(exchange, Refusal.UNAVAILABLE.status(), Refusal.UNAVAILABLE.sentence());
            return;
        }
        // Whether or not the answer arrives: there was one success.
        recovered = true;
        LOG.info("Admin token regenerated successfully, shutting down recovery endpoint");
        try {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, HttpStatus.CREATED, "application/json", TokenJson.issued(operator));
        } finally {
            exchange.close();
            // Not from a thread that the end waits for.
            Thread.ofPlatform().name("latchkey-recovery-end").start(this::end);
        }
    }

    private static void answer(HttpExchange exchange, HttpStatus status, String sentence) throws IOException {
        answer(exchange, status, "text/plain; charset=utf-8", sentence.getBytes(UTF_8));
    }

    private static void answer(HttpExchange exchange, HttpStatus status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Content-Type", type);
        LOG.atInfo()
                .addKeyValue("method", exchange.getRequestMethod())
                .addKeyValue(
                        "path",
                        RequestLog.shown(String.valueOf(exchange.getRequestURI().getRawPath())))
                .addKeyValue("status", status.getCode())
                .addKeyValue("peer", exchange.getRemoteAddress().getAddress().getHostAddress())
                .log("token recovery server handled request");
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status.getCode(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    private void end() {
        LOG.info("Admin token recovery endpoint shutting down after token regeneration");
        close();
        LOG.info("Admin token recovery service exited normally after token regeneration");
    }

    /** Closes every connection, whatever is under way. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
