package io.latchkey.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.CertificateMint;
import io.latchkey.application.CertificateMint.Minted;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsIdentityTest {
    @TempDir
    Path folder;

    private CertificateMint mint;
    private Minted curve;
    private Minted rsa;
    private TlsIdentity.Source source;

    @BeforeAll
    void mint() {
        mint = new CertificateMint();
        curve = mint.forThisMachine("curve");
        rsa = mint.mint(CertificateMint.localhost("rsa").rsa2048());
    }

    @BeforeEach
    void write() {
        source = new TlsIdentity.Source(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        curve.write(source.certificate(), source.key());
    }

    private TlsIdentity identity() {
        return source.identity(source.read());
    }

    @Test
    void accepts_keys_of_all_types() {
        assertThat(identity().keyStore()).isNotNull();
        for (Algorithm algorithm : List.of(Algorithm.rsa2048, Algorithm.ed25519)) {
            mint.mint(CertificateMint.localhost("any").algorithm(algorithm)).write(source.certificate(), source.key());
            assertThat(identity().end()).isNotNull();
        }
    }

    @Test
    void accepts_older_key_formats() throws IOException {
        String parameters = pem("EC PARAMETERS", new byte[] {6, 0});
        Files.writeString(source.key(), parameters + pem("EC PRIVATE KEY", inside(curve)));
        assertThat(identity().end()).isNotNull();
        rsa.write(source.certificate(), source.key());
        Files.writeString(source.key(), "for people\n" + pem("RSA PRIVATE KEY", inside(rsa)));
        assertThat(identity().end()).isNotNull();
    }

    @Test
    void accepts_key_and_certificate_in_one_file() throws IOException {
        Path both = folder.resolve("both.pem");
        Files.writeString(both, curve.key().replace("\n", "\r\n") + curve.certificate());
        source = new TlsIdentity.Source(both, both);
        assertThat(identity().end()).isNotNull();
    }

    @Test
    void rejects_short_rsa_keys() throws NoSuchAlgorithmException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(1024);
        mint.mint(CertificateMint.localhost("short").keyPair(keys.generateKeyPair()))
                .write(source.certificate(), source.key());
        assertThatThrownBy(this::identity)
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("the RSA key in the TLS certificate file " + source.certificate()
                        + " has 1024 bits: expected 2048 or more");
    }

    @Test
    void reports_what_is_wrong_with_a_file() throws IOException {
        String certificate = "the TLS certificate file " + source.certificate();
        String key = "the TLS key file " + source.key();
        assertRefused(
                source.key(),
                rsa.key(),
                "the TLS key in " + source.key() + " does not match the first certificate in " + source.certificate());
        assertRefused(
                source.key(),
                pem("RSA PRIVATE KEY", inside(rsa)),
                key
                        + " contains an invalid key, or one of an unsupported type: expected RSA, an elliptic curve, or"
                        + " Ed25519");
        assertRefused(
                source.key(),
                "PRIVATE",
                key + " contains no private key: expected PEM, which begins with -----BEGIN PRIVATE KEY-----");
        assertRefused(
                source.key(),
                pem("ENCRYPTED PRIVATE KEY", new byte[9]),
                key + " is encrypted: expected a key without a passphrase");
        assertRefused(
                source.key(),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----",
                key + " is encrypted: expected a key without a passphrase");
        assertRefused(
                source.certificate(),
                "",
                certificate + " contains no certificate: expected PEM, which begins with -----BEGIN CERTIFICATE-----");
        assertRefused(
                source.certificate(),
                pem("CERTIFICATE", new byte[9]),
                certificate + " contains something that is not an X.509 certificate");
        assertRefused(
                source.certificate(),
                curve.certificate().replace("M", "*"),
                certificate + " contains something that is not an X.509 certificate");
        Files.delete(source.key());
        assertThatThrownBy(this::identity).hasMessage(key + " cannot be read: there is no such file");
        Files.createDirectory(source.key());
        assertThatThrownBy(this::identity).hasMessage(key + " cannot be read: it is a folder");
    }

    private void assertRefused(Path file, String text, String sentence) throws IOException {
        String good = Files.readString(file);
        Files.writeString(file, text);
        assertThatThrownBy(this::identity)
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage(sentence);
        Files.writeString(file, good);
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    /** The content of a PKCS#8 key, which is the older format. */
    private static byte[] inside(Minted minted) {
        byte[] pkcs8 = minted.privateKey().getEncoded();
        // The key of a curve is short, so its lengths have one byte.
        int begin = minted.privateKey().getAlgorithm().equals("RSA") ? 26 : 9 + pkcs8[6];
        return Arrays.copyOfRange(pkcs8, begin, pkcs8.length);
    }
}
