package io.latchkey.http.client;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.http.tls.TlsIdentity;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which servers the client trusts: those with a certificate of an authority that Java trusts or that is in a file; or
 * all servers, if verification is off.
 */
public final class ServerTrustContext {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final Optional<SSLContext> context;

    private ServerTrustContext(Optional<SSLContext> context) {
        this.context = context;
    }

    /** The context for settings of a command; {@link AuthorityUnavailable} if the file cannot be used. */
    public static ServerTrustContext of(ServerTrust trust) {
        return new ServerTrustContext(
                switch (trust.verification()) {
                    case OFF -> Optional.of(context(new TrustManager[] {new TrustAll()}));
                    // Without a file, Java's default context is loaded when a connection needs it.
                    case ON -> trust.authority().map(file -> context(managers(file)));
                });
    }

    /** A TLS 1.2 or 1.3 socket over a connected socket; checks the host name. */
    SSLSocket secure(Socket socket, String host, int port) throws IOException {
        SSLContext effective = context.isPresent() ? context.get() : defaultContext();
        SSLSocket secure = (SSLSocket) effective.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private static SSLContext defaultContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java does not support TLS", e);
        }
    }

    private static SSLContext context(TrustManager[] managers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java does not support TLS", e);
        }
    }

    private static TrustManager[] managers(Path file) {
        List<X509Certificate> ours =
                TlsIdentity.certificates("the TLS authority file " + file, TlsIdentity.read("authority", file));
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate certificate : ours) {
                store.setCertificateEntry("ours-" + store.size(), certificate);
            }
            for (TrustManager manager : factory(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager java) {
                    for (X509Certificate certificate : java.getAcceptedIssuers()) {
                        store.setCertificateEntry("java-" + store.size(), certificate);
                    }
                }
            }
            return factory(store).getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new AuthorityUnavailable("the TLS authority file " + file + " contains no usable certificate", e);
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /**
     * Trusts all certificates. Extends X509ExtendedTrustManager, because for others Java checks the host name itself.
     */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
