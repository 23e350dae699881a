package io.latchkey.http.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Pages that load themselves again to stay fresh, without a person who asks. */
final class Fresh {
    /** The script of the console sends it; no page of another origin can. */
    private static final String ASKED = "Latchkey-Refresh";

    private static final int TAG_BYTES = 16;

    private Fresh() {}

    /** Whether a page asks for itself. */
    static boolean isAsked(HttpRequest<?> request) {
        return request.getHeaders().contains(ASKED);
    }

    /** A page with a tag of its content; only the tag if the page that asks has that content already. */
    static HttpResponse<?> page(HttpRequest<?> request, MutableHttpResponse<byte[]> page) {
        String tag = tag(page.body());
        boolean isKnown = isAsked(request) && tag.equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH));
        return (isKnown ? HttpResponse.notModified() : page).header(HttpHeaders.ETAG, tag);
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
