package io.latchkey.http.console;

import static java.util.Objects.requireNonNull;

import io.latchkey.http.wire.Paths;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** A file of the console whose name contains its fingerprint, so that browsers keep it for good. Read when first asked for. */
enum Asset {
    STYLE("console", "css", "text/css; charset=utf-8"),
    SCRIPT("console", "js", "text/javascript; charset=utf-8"),
    ICON("key", "svg", "image/svg+xml");

    private static final int FINGERPRINT_BYTES = 8;

    @SuppressWarnings("ImmutableEnumChecker") // read only
    private final byte[] content;

    private final String type;
    private final String name;

    Asset(String file, String extension, String type) {
        this.type = type;
        this.content = read(file + "." + extension);
        this.name = file + "." + fingerprint(content) + "." + extension;
    }

    String url() {
        return Paths.CONSOLE + "/assets/" + name;
    }

    /** The asset of that name; empty for none. */
    static Optional<Asset> of(String name) {
        return Stream.of(values()).filter(asset -> asset.name.equals(name)).findFirst();
    }

    HttpResponse<?> response() {
        return HttpResponse.ok(content)
                .contentType(type)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    }

    private static byte[] read(String file) {
        try (InputStream stream = requireNonNull(Asset.class.getResourceAsStream(file), file)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fingerprint(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, FINGERPRINT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
