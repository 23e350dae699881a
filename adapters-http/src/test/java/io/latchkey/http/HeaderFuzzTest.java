package io.latchkey.http;

import io.latchkey.application.Fuzzer;
import io.latchkey.http.server.TrustedProxies;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.TableMediaTypes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fuzzes headers with addresses and formats: they are read, rejected or ignored. */
final class HeaderFuzzTest {
    private static final List<String> HOPS = List.of(
            "192.0.2.1, 10.0.0.1:80, [2001:db8::1]:443",
            "for=192.0.2.60;proto=http;by=203.0.113.43, for=\"[2001:db8::17]:4711\"",
            "unknown",
            "for=_hidden",
            "");
    private static final List<String> HOP_WORDS = List.of(
            "for=",
            "FOR=\"",
            "[",
            "]",
            ":",
            "::",
            ".",
            ",",
            ";",
            " ",
            "\t",
            "127.0.0.1",
            "10.",
            "256",
            "0x7f",
            "%eth0",
            "2001:db8::",
            "ffff",
            "localhost",
            "by=",
            "\"");
    private static final List<String> TYPES = List.of(
            "application/json",
            "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
            "text/csv",
            "application/parquet",
            "text/plain; charset=utf-8",
            "");
    private static final List<String> TYPE_WORDS =
            List.of("application/", "json", "text/", "*/*", "*", "/", ";", "q=", ",", " ", "html", "csv", "\"");

    @Test
    void any_forwarding_header_yields_an_address() {
        List<String> networks = List.of("127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32");
        var proxies =
                List.of(new TrustedProxies(networks, "Forwarded"), new TrustedProxies(networks, "X-Forwarded-For"));
        var peer = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
        new Fuzzer(22, HOPS, HOP_WORDS).fuzz(hops -> {
            proxies.forEach(trusting -> trusting.address(peer, asked -> List.of(hops)));
        });
    }

    @Test
    void any_accept_header_yields_a_format_or_an_error_message() {
        new Fuzzer(23, TYPES, TYPE_WORDS).fuzz(accept -> {
            try {
                TableMediaTypes.accepted(accept);
            } catch (ProblemException e) {
                // rejected
            }
        });
    }
}
