package io.latchkey.http.server;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemStatus;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * Limits the memory of response bodies that wait for slow clients. Short bodies are sent at once; of longer ones, only
 * {@value #AT_ONCE} are sent at a time, by the rules of {@link StreamingSlots}.
 */
@Singleton
public final class StreamedBodies {
    /** Maximum number of long responses that are sent at a time. */
    static final int AT_ONCE = 16;

    /** Maximum length of a body without a slot, in bytes. */
    public static final int SHORT = 64 * 1024;

    private static final Problem BUSY =
            new Problem(ProblemStatus.SERVICE_UNAVAILABLE, "busy", "too many long responses are being sent, try again");

    private final StreamingSlots slots = new StreamingSlots(AT_ONCE, System::nanoTime);

    /** The body of a response that is in memory. */
    public Object body(HttpRequest<?> request, byte[] whole) {
        return whole.length <= SHORT
                ? whole
                : stream(request, new ByteArrayInputStream(whole), OptionalLong.of(whole.length));
    }

    /**
     * The body of a response whose parts are made while the client reads. The first is made at once, so that its
     * failure becomes an error response.
     *
     * @param parts at least one; each should not be longer than {@value #SHORT} bytes
     */
    public Object body(HttpRequest<?> request, Iterator<byte[]> parts) {
        byte[] first = parts.next();
        return parts.hasNext() ? body(request, first, parts) : body(request, first);
    }

    /**
     * The body of a response whose first part is in memory.
     *
     * @param further the following parts
     */
    public Object body(HttpRequest<?> request, byte[] first, Iterator<byte[]> further) {
        return stream(request, new GeneratedInputStream(first, further), OptionalLong.empty());
    }

    private StreamedBody stream(HttpRequest<?> request, InputStream content, OptionalLong length) {
        return slots.take(Connections.closing(request), BUSY).answer(request, content, length);
    }
}
