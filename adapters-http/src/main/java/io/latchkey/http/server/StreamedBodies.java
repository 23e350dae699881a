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
 * Bodies of answers that wait in memory for their client, however slowly it reads. A short one is sent at once; of the
 * others only {@value #AT_ONCE} are sent at a time, by the rules of {@link StreamingSlots}, so that clients that do not read take a
 * bounded amount of memory.
 */
@Singleton
public final class StreamedBodies {
    /** How many long answers are sent at a time. */
    static final int AT_ONCE = 16;

    /** The longest answer of which any number may be sent at a time, in bytes. */
    public static final int SHORT = 64 * 1024;

    private static final Problem BUSY =
            new Problem(ProblemStatus.SERVICE_UNAVAILABLE, "busy", "too many long responses are being sent, try again");

    private final StreamingSlots places = new StreamingSlots(AT_ONCE, System::nanoTime);

    /** The body of an answer that is made already. */
    public Object body(HttpRequest<?> request, byte[] whole) {
        return whole.length <= SHORT
                ? whole
                : sent(request, new ByteArrayInputStream(whole), OptionalLong.of(whole.length));
    }

    /**
     * The body of an answer whose parts are made as the client takes them; the first at once, so that a refusal is one.
     *
     * @param parts at least one, each of which should not be longer than {@value #SHORT} bytes
     */
    public Object body(HttpRequest<?> request, Iterator<byte[]> parts) {
        byte[] first = parts.next();
        return parts.hasNext() ? body(request, first, parts) : body(request, first);
    }

    /**
     * The body of an answer whose first part is made already.
     *
     * @param further what follows
     */
    public Object body(HttpRequest<?> request, byte[] first, Iterator<byte[]> further) {
        return sent(request, new GeneratedInputStream(first, further), OptionalLong.empty());
    }

    private StreamedBody sent(HttpRequest<?> request, InputStream content, OptionalLong length) {
        return places.take(Connections.closing(request), BUSY).answer(request, content, length);
    }
}
