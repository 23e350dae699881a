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

/** Messages for failed connections. */
final class ConnectFailureTest {
    private static final URI SERVER = URI.create("http://tokens.test:8181");

    private static String reason(IOException failure) {
        return ConnectFailure.reason(SERVER, failure);
    }

    @Test
    void distinguishes_the_reasons() {
        assertThat(reason(new ConnectException("Connection refused")))
                .isEqualTo("connection refused; check that the server is running and that this is its port");
        assertThat(reason(new UnknownHostException("tokens.test")))
                .isEqualTo("unknown host; check the name and the DNS of this machine");
        assertThat(reason(new SocketTimeoutException("Connect timed out")))
                .isEqualTo("no connection within 5 seconds; check that the machine is running and that no firewall"
                        + " blocks this port");
        // Java uses the same class for these and for refused connections.
        assertThat(reason(new ConnectException("Connection timed out")))
                .startsWith("the connection timed out; check that the machine is running");
        assertThat(reason(new ConnectException("Network is unreachable"))).startsWith("no route to this address");
        assertThat(reason(new SocketException("Network is unreachable"))).startsWith("no route to this address");
        assertThat(reason(new NoRouteToHostException("No route to host"))).startsWith("no route to this address");
        assertThat(reason(new SocketException("Too many open files"))).isEqualTo("no connection: Too many open files");
        assertThat(reason(new SocketException())).isEqualTo("no connection");
    }

    @Test
    void names_the_default_port_of_an_address_without_one() {
        var refused = new ConnectException("Connection refused");
        assertThat(ConnectFailure.reason(URI.create("http://tokens.test"), refused))
                .endsWith(" (the address has no port, so it is 80; the default of Latchkey is 8181)");
        assertThat(ConnectFailure.reason(URI.create("https://my_host/path"), refused))
                .endsWith(" (the address has no port, so it is 443; the default of Latchkey is 8181)");
        assertThat(ConnectFailure.reason(URI.create("http://my_host:80"), refused))
                .endsWith("its port");
    }
}
