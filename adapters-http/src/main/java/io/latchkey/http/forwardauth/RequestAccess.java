package io.latchkey.http.forwardauth;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import java.util.Iterator;

/**
 * What a guarded request does to its service, as its method says: {@code GET}, {@code HEAD} and {@code OPTIONS} read, and
 * everything else writes.
 *
 * <p>A request for an upgrade writes, whatever its method: a {@code GET} that becomes a WebSocket can do anything (logdeck#86).
 */
enum RequestAccess {
    READ,
    WRITE,
    /** The method is missing, is there several times, or is not a method. */
    UNKNOWN;

    /** The header with which a proxy says that the end user asks for an upgrade, because it must not pass on the user's. */
    private static final AsciiString UPGRADE = AsciiString.cached("X-Forwarded-Upgrade");

    private static final String SYMBOLS = "!#$%&'*+-.^_`|~";

    /** The access of the request that a proxy asks about, with the method in a header that the proxy sets. */
    static RequestAccess of(HttpHeaders headers, AsciiString methodHeader) {
        Iterator<? extends CharSequence> methods = headers.valueCharSequenceIterator(methodHeader);
        if (!methods.hasNext()) {
            return UNKNOWN;
        }
        CharSequence method = methods.next();
        if (methods.hasNext() || !isToken(method)) {
            return UNKNOWN;
        }
        return isSafe(method) && !wantsUpgrade(headers) ? READ : WRITE;
    }

    private static boolean isSafe(CharSequence method) {
        return HttpMethod.GET.asciiName().contentEquals(method)
                || HttpMethod.HEAD.asciiName().contentEquals(method)
                || HttpMethod.OPTIONS.asciiName().contentEquals(method);
    }

    /** Whether the end user asks for another protocol on the connection. */
    static boolean wantsUpgrade(HttpHeaders headers) {
        return isSet(headers, UPGRADE) || isSet(headers, HttpHeaderNames.UPGRADE);
    }

    /** Some proxies send an empty header for one that the end user did not send. */
    private static boolean isSet(HttpHeaders headers, AsciiString name) {
        if (!headers.contains(name)) {
            return false;
        }
        Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(name);
        while (values.hasNext()) {
            if (!values.next().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text is a token of RFC 9110, section 5.6.2, as methods and the names of headers are. */
    static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && SYMBOLS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
