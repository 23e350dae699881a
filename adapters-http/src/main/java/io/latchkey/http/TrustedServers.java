package io.latchkey.http;

import io.latchkey.application.AuthorityUnavailable;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which servers our client believes to be what they say: those with a certificate of an authority that Java knows, or of
 * one in a file; all of them, if it was told so.
 */
@Singleton
final class TrustedServers {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final String authorities;
    private final boolean everybody;

    TrustedServers(
            @Value("${latchkey.client.tls-ca:}") String authorities,
            @Value("${latchkey.client.tls-no-verify:false}") boolean everybody) {
        this.authorities = authorities;
        this.everybody = everybody;
    }

    /** Makes a client believe them, in TLS 1.2 or newer. */
    HttpClient.Builder applyTo(HttpClient.Builder client) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(VERSIONS);
        client.sslParameters(parameters);
        if (everybody) {
            return client.sslContext(context(new TrustManager[] {new Believer()}));
        }
        // Java's own is not even loaded until a connection needs it.
        return authorities.isEmpty() ? client : client.sslContext(context(managers(Path.of(authorities))));
    }

    private static SSLContext context(TrustManager[] managers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java speaks no TLS", e);
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
            throw new AuthorityUnavailable(
                    "the TLS authority file " + file + " holds no authority that can be used", e);
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
    private static final class Believer extends X509ExtendedTrustManager {
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
