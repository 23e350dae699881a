package io.latchkey.application;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority for tests, made anew by the JDK's keytool: no key of it is kept anywhere. */
public final class CertificateMint {
    private static final String PASSWORD = "changeit";
    private static final String[] LOCAL = {"-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2"};

    private final Path store;

    /** A new authority, which keeps its keys in a folder. */
    public CertificateMint(Path folder) {
        store = folder.resolve("mint.p12");
        keytool("-genkeypair", "ca", "-keyalg", "EC", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "2");
    }

    /** Certificate and key in PEM. */
    public record Minted(String certificate, String key, PrivateKey privateKey) {
        /** Writes both to files of these names, readable by their owner. */
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

    /** What a client has to trust, in PEM. */
    public String certificate() {
        try {
            return pem("CERTIFICATE", load().getCertificate("ca").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A certificate for this machine. */
    public Minted forThisMachine(String alias) {
        return mint(alias, "EC", LOCAL);
    }

    /** A certificate with whatever keytool can give it; the authority's own comes after it. */
    public Minted mint(String alias, String algorithm, String... options) {
        List<String> all = new ArrayList<>(List.of("-keyalg", algorithm, "-dname", "CN=" + alias, "-signer", "ca"));
        all.addAll(List.of(options.length == 0 ? LOCAL : options));
        keytool("-genkeypair", alias, all.toArray(String[]::new));
        try {
            KeyStore keys = load();
            PrivateKey key = (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray());
            return new Minted(
                    pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()) + certificate(),
                    pem("PRIVATE KEY", key.getEncoded()),
                    key);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes in PEM. */
    public static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    private KeyStore load() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void keytool(String what, String alias, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), what, "-alias", alias));
        command.addAll(List.of(options));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
