package io.latchkey.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** What the system says of a connection that was not made, with what to look at. */
final class ConnectFailureTest {
    private static final URI SERVER = URI.create("http://tokens.test:8181");

    private static String reason(IOException failure) {
        return ConnectFailure.reason(SERVER, failure);
    }

    @Test
    void each_reason_is_told_from_the_others() {
        assertThat(reason(new ConnectException("Connection refused")))
                .isEqualTo("connection refused: is a server running there, and is this its port?");
        assertThat(reason(new UnknownHostException("tokens.test")))
                .isEqualTo("unknown host: is the name right, and does this machine's DNS know it?");
        assertThat(reason(new SocketTimeoutException("Connect timed out")))
                .isEqualTo("no connection within 5 seconds: is that machine on, and does a firewall let this port"
                        + " through?");
        // Java has one class for these and for a refusal.
        assertThat(reason(new ConnectException("Connection timed out")))
                .startsWith("no connection: is that machine on");
        assertThat(reason(new ConnectException("Network is unreachable"))).startsWith("no route leads there");
        assertThat(reason(new SocketException("Network is unreachable"))).startsWith("no route leads there");
        assertThat(reason(new NoRouteToHostException("No route to host"))).startsWith("no route leads there");
        assertThat(reason(new SocketException("Too many open files"))).isEqualTo("no connection, Too many open files");
        assertThat(reason(new SocketException())).isEqualTo("there is no way to it");
    }

    @Test
    void an_address_without_a_port_is_told_which_one_that_is() {
        var refused = new ConnectException("Connection refused");
        assertThat(ConnectFailure.reason(URI.create("http://tokens.test"), refused))
                .endsWith(" Without a port it is 80; Latchkey's is 8181 unless it was told another");
        assertThat(ConnectFailure.reason(URI.create("https://my_host/path"), refused))
                .endsWith(" Without a port it is 443; Latchkey's is 8181 unless it was told another");
        assertThat(ConnectFailure.reason(URI.create("http://my_host:80"), refused))
                .endsWith("its port?");
    }
}
