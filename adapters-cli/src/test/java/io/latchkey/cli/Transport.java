package io.latchkey.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** How a flood and its probe connect to a server on this machine, whoever it says it is. */
enum Transport {
    /** HTTP/1.1 in the clear. */
    PLAIN,
    /** HTTP/1.1 over TLS. */
    TLS,
    /** HTTP/2 over TLS. */
    HTTP2;

    Socket connect(int port) throws IOException {
        return switch (this) {
            case PLAIN -> new Socket(InetAddress.getLoopbackAddress(), port);
            case TLS -> secured(port, "http/1.1");
            case HTTP2 -> secured(port, "h2");
        };
    }

    private static Socket secured(int port, String protocol) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
