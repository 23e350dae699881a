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

/** The TLS identity of a server: its private key and its certificate chain, own certificate first. */
public final class TlsIdentity {
    /** Password of the key store, which exists only in memory. */
    public static final String PASSWORD = "in memory";

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private static final int SHORTEST_RSA = 2048;

    static {
        // Java reads this once, at the first use of TLS. A TLS 1.2 client could otherwise renegotiate keys without end.
        if (System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation") == null) {
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        }
    }

    private TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Two PEM files, which may be the same file.
     *
     * @param certificate the server's certificate, followed by the intermediate certificates
     */
    public record Source(Path certificate, Path key) {
        /**
         * Reads the files.
         *
         * @throws AuthorityUnavailable if one of them cannot be read
         */
        Text read() {
            return new Text(TlsIdentity.read("certificate", certificate), TlsIdentity.read("key", key));
        }

        /**
         * The identity in the text of the files.
         *
         * @throws AuthorityUnavailable if the text is not a valid key and certificate that match, or an RSA key is too
         *     short
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

    /** The text of the two files; {@code toString} hides it. */
    record Text(String certificate, String key) {
        @Override
        public String toString() {
            return "Text[***]";
        }
    }

    /**
     * The certificates in a PEM text, at least one.
     *
     * @param file describes the file at the start of an error message
     * @throws AuthorityUnavailable if the text has no or an invalid certificate
     */
    public static List<X509Certificate> certificates(String file, String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Pem block : Pem.blocks(text)) {
                if (block.label().endsWith("CERTIFICATE")) {
                    certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.bytes())));
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
        Pem block = Pem.blocks(text).stream()
                .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new AuthorityUnavailable(file
                        + " contains no private key: expected PEM, which begins with -----BEGIN PRIVATE KEY-----"));
        if (block.isEncrypted()) {
            throw new AuthorityUnavailable(file + " is encrypted: expected a key without a passphrase");
        }
        try {
            return PrivateKeys.read(block, certificate.getPublicKey());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause, whose message could quote the key.
            throw new AuthorityUnavailable(file + " contains an invalid key, or one of an unsupported type:"
                    + " expected RSA, an elliptic curve, or Ed25519");
        }
    }

    /**
     * The text of a file.
     *
     * @param kind of the file, such as {@code key}, for the error message
     * @throws AuthorityUnavailable if the file cannot be read
     */
    public static String read(String kind, Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new AuthorityUnavailable(
                    "the TLS " + kind + " file " + file + " cannot be read: " + FileProblem.reading(file, e), e);
        }
    }

    /** When the server's own certificate expires. */
    Instant end() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** The identity as a key store with the password {@link #PASSWORD}. */
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

    /** The identity as a context of Java's own TLS. */
    SSLContext context() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            // No trust managers: the server does not ask for client certificates.
            context.init(keys.getKeyManagers(), new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java does not support TLS", e);
        }
    }
}
