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
 * Which servers our client believes to be what they say: those with a certificate of an authority that Java knows, or of
 * one in a file; all of them, if it was told so.
 */
public final class ServerTrustContext {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final Optional<SSLContext> context;

    private ServerTrustContext(Optional<SSLContext> context) {
        this.context = context;
    }

    public static ServerTrustContext of(ServerTrust trust) {
        return new ServerTrustContext(
                switch (trust.verification()) {
                    case OFF -> Optional.of(context(new TrustManager[] {new TrustAll()}));
                    // Java's own is not even loaded until a connection needs it.
                    case ON -> trust.authority().map(file -> context(managers(file)));
                });
    }

    /** A connection that will be in TLS 1.2 or newer, to a server of that name. */
    SSLSocket secure(Socket socket, String host, int port) throws IOException {
        SSLContext trusting = context.isPresent() ? context.get() : usual();
        SSLSocket secure = (SSLSocket) trusting.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private static SSLContext usual() {
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
     * Believes everybody. Extended, because Java checks the host's name in the place of a manager that is not, and here
     * nothing is to be checked.
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
