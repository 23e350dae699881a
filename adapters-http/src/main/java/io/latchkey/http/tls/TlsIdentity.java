package io.latchkey.http.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** By what a server is known under TLS: its private key, and its certificates, its own first. */
public final class TlsIdentity {
    /** Of a store that is never written anywhere. */
    public static final String PASSWORD = "in memory";

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private static final int SHORTEST_RSA = 2048;

    static {
        // Read by Java once, when it first speaks TLS: in TLS 1.2 a client could have a server make keys without end.
        if (System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation") == null) {
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        }
    }

    private TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Two PEM files, which may be one and the same.
     *
     * @param certificate the server's certificate, and after it those between it and its authority
     */
    public record Source(Path certificate, Path key) {
        /**
         * What the files hold now.
         *
         * @throws AuthorityUnavailable if one of them cannot be read
         */
        Text read() {
            return new Text(TlsIdentity.read("certificate", certificate), TlsIdentity.read("key", key));
        }

        /**
         * The identity in what the files hold.
         *
         * @throws AuthorityUnavailable if there is none
         */
        TlsIdentity identity(Text text) {
            List<X509Certificate> chain = certificates("the TLS certificate file " + certificate, text.certificate());
            PrivateKey privateKey = TlsIdentity.key("the TLS key file " + key, text.key(), chain.getFirst());
            if (!PrivateKeys.belongTogether(privateKey, chain.getFirst().getPublicKey())) {
                throw new AuthorityUnavailable(
                        "the TLS key in " + key + " does not match the first certificate in " + certificate);
            }
            if (chain.getFirst().getPublicKey() instanceof RSAKey rsa
                    && rsa.getModulus().bitLength() < SHORTEST_RSA) {
                throw new AuthorityUnavailable("the RSA key in the TLS certificate file " + certificate + " has "
                        + rsa.getModulus().bitLength() + " bits: expected " + SHORTEST_RSA + " or more");
            }
            return new TlsIdentity(privateKey, chain);
        }
    }

    /** What two files hold. */
    record Text(String certificate, String key) {
        @Override
        public String toString() {
            return "Text[***]";
        }
    }

    /** The certificates in a PEM file; the sentence of a refusal begins with what the file is. */
    public static List<X509Certificate> certificates(String file, String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Pem part : Pem.parts(text)) {
                if (part.label().endsWith("CERTIFICATE")) {
                    certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(part.bytes())));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new AuthorityUnavailable(file + " contains something that is not an X.509 certificate", e);
        }
        if (certificates.isEmpty()) {
            throw new AuthorityUnavailable(
                    file + " contains no certificate: expected PEM, which begins with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    private static PrivateKey key(String file, String text, X509Certificate certificate) {
        Pem part = Pem.parts(text).stream()
                .filter(one -> one.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new AuthorityUnavailable(file
                        + " contains no private key: expected PEM, which begins with -----BEGIN PRIVATE KEY-----"));
        if (part.isEncrypted()) {
            throw new AuthorityUnavailable(file + " is encrypted: expected a key without a passphrase");
        }
        try {
            return PrivateKeys.read(part, certificate.getPublicKey());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without its cause, which could quote the key.
            throw new AuthorityUnavailable(file + " contains an invalid key, or one of an unsupported type:"
                    + " expected RSA, an elliptic curve, or Ed25519");
        }
    }

    /** The text of a file of a kind. */
    public static String read(String kind, Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new AuthorityUnavailable(
                    "the TLS " + kind + " file " + file + " cannot be read: " + FileProblem.reading(file, e), e);
        }
    }

    /** When the server's certificate ends. */
    Instant end() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** The same for whoever sets up TLS; opened by {@link #PASSWORD}. */
    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("latchkey", key, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot create a key store in memory", e);
        }
    }

    /** The same for whoever uses Java's own TLS. */
    SSLContext context() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            // A server asks nobody for a certificate, and need not read all the authorities that Java knows.
            context.init(keys.getKeyManagers(), new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java does not support TLS", e);
        }
    }
}
