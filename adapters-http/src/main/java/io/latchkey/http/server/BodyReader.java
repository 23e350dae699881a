package io.latchkey.http.server;

import static java.util.Objects.requireNonNull;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Collects the body of one request on the heap. Netty's buffers are released at once, because small parts of a body
 * would keep large buffers in use.
 */
public final class BodyReader implements Subscriber<byte[]> {
    private static final int SMALLEST = 1024;

    private final CompletableFuture<byte[]> whole;
    private final BodyBudget.Share share;
    private final long limit;
    private final List<byte[]> parts = new ArrayList<>(1);
    private @Nullable Subscription subscription;
    private int inLast;
    private int length;

    /**
     * @param whole is completed with the body, or with a {@link ProblemException} if it exceeds a limit; if anybody
     *     else completes it exceptionally, the reading ends
     * @param share of the memory; grows by twice the size of each part, since the parts are copied together at the end
     * @param limit maximum length of the body in bytes
     */
    public BodyReader(CompletableFuture<byte[]> whole, BodyBudget.Share share, long limit) {
        this.whole = whole;
        this.share = share;
        this.limit = limit;
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        // After a failure the rest of the body is discarded.
        var _ = whole.whenComplete((_, failure) -> {
            if (failure != null) {
                started.cancel();
            }
        });
        started.request(1);
    }

    @Override
    public void onNext(byte[] part) {
        if (whole.isDone()) {
            return;
        }
        if (length + (long) part.length > limit) {
            whole.completeExceptionally(new ProblemException(Problem.tooLarge(limit)));
        } else if (!share.grow(2L * part.length)) {
            whole.completeExceptionally(new ProblemException(Problem.UNAVAILABLE));
        } else {
            add(part);
            requireNonNull(subscription).request(1);
        }
    }

    /** Merges small parts, so that a client that sends single bytes does not cost an array for each. */
    private void add(byte[] part) {
        length += part.length;
        int copied = 0;
        if (!parts.isEmpty()) {
            copied = Math.min(part.length, parts.getLast().length - inLast);
            System.arraycopy(part, 0, parts.getLast(), inLast, copied);
            inLast += copied;
        }
        if (copied < part.length) {
            byte[] next = new byte[Math.max(SMALLEST, part.length - copied)];
            System.arraycopy(part, copied, next, 0, part.length - copied);
            inLast = part.length - copied;
            parts.add(next);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        byte[] all = new byte[length];
        int offset = 0;
        for (byte[] part : parts) {
            int used = Math.min(part.length, length - offset);
            System.arraycopy(part, 0, all, offset, used);
            offset += used;
        }
        parts.clear();
        share.complete();
        whole.complete(all);
    }
}
