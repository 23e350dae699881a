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
 * The body of one request as it comes in, on the heap: parts of it that stayed in the network's own memory would keep
 * far more of that than they hold.
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
     * @param whole all of it, once it is there; fails with a {@link ProblemException} if it is too much, and whoever makes
     *     it fail ends the reading
     * @param share of the memory, which grows by twice what comes in: it is put together in the end
     * @param limit the most bytes that the body may have
     */
    public BodyReader(CompletableFuture<byte[]> whole, BodyBudget.Share share, long limit) {
        this.whole = whole;
        this.share = share;
        this.limit = limit;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        // What still comes is thrown away, whichever thread it was that lost patience.
        var _ = whole.whenComplete((_, failure) -> {
            if (failure != null) {
                begun.cancel();
            }
        });
        begun.request(1);
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

    /** Many small parts become few: whoever sends one byte at a time must not cost an array for each. */
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
        int at = 0;
        for (byte[] part : parts) {
            int used = Math.min(part.length, length - at);
            System.arraycopy(part, 0, all, at, used);
            at += used;
        }
        parts.clear();
        share.complete();
        whole.complete(all);
    }
}
