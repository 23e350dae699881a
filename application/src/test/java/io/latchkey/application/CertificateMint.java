package io.latchkey.application;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;

/** A certificate authority for tests, whose key is new for each instance and never written. */
public final class CertificateMint {
    private final X509Bundle authority;

    public CertificateMint() {
        try {
            authority = new CertificateBuilder()
                    .subject("CN=Test CA")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A certificate, followed by that of the authority, and its key, both in PEM. */
    public record Minted(String certificate, String key, PrivateKey privateKey) {
        /** Writes both to files of these names, the key readable by its owner only. */
        public void write(Path certificateFile, Path keyFile) {
            try {
                Files.writeString(certificateFile, certificate);
                Files.writeString(keyFile, key);
                if (keyFile.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The certificate that a client has to trust, in PEM. */
    public String certificate() {
        return authority.getCertificatePEM();
    }

    /** Issues a certificate for localhost, valid from yesterday until tomorrow. */
    public Minted forThisMachine(String name) {
        return mint(localhost(name));
    }

    /** What {@link #forThisMachine} issues, to be changed. */
    public static CertificateBuilder localhost(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1");
    }

    /** Issues the certificate that is described. */
    public Minted mint(CertificateBuilder described) {
        try {
            X509Bundle issued = described.buildIssuedBy(authority);
            return new Minted(
                    issued.getCertificatePEM() + certificate(),
                    issued.getPrivateKeyPEM(),
                    issued.getKeyPair().getPrivate());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
