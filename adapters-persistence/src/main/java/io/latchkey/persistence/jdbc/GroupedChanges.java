package io.latchkey.persistence.jdbc;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the requests of threads that wait for a transaction to end into the next one, since most of its time is spent on
 * the lock, the disk and the network. Thread-safe.
 *
 * <p>Each request is done or refused as if it were alone.
 */
final class GroupedChanges {
    /** Decisions in one transaction of several requests, so that none waits long for others. */
    private static final int MOST = 64;

    private final ReentrantLock leading = new ReentrantLock();
    private final ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final Transaction transaction;

    /** Writes requests in one transaction. */
    @FunctionalInterface
    interface Transaction {
        /**
         * Decides and writes requests.
         *
         * @param requests takes the requests that wait, at least one; to be called when the transaction excludes others, so
         *     that those are included that came until then
         * @return one outcome for each request, in their order
         * @throws NotCommitted if it certainly was not, and one of the requests may be the reason
         */
        List<Outcome> run(Supplier<List<List<Function<Tokens, TokenEvent>>>> requests);
    }

    /** What came of a request. */
    sealed interface Outcome {
        record Done(List<LedgerEntry> entries) implements Outcome {}

        record Failed(RuntimeException why) implements Outcome {}
    }

    /** Nothing was committed. */
    @SuppressWarnings("serial") // never serialized
    static final class NotCommitted extends RuntimeException {
        private final RuntimeException why;

        NotCommitted(RuntimeException why) {
            super(why);
            this.why = why;
        }

        RuntimeException why() {
            return why;
        }
    }

    GroupedChanges(Transaction transaction) {
        this.transaction = transaction;
    }

    private static final class Request {
        private final List<Function<Tokens, TokenEvent>> decisions;
        private @Nullable Outcome outcome; // guarded by `leading`

        Request(List<Function<Tokens, TokenEvent>> decisions) {
            this.decisions = decisions;
        }
    }

    /** Waits for its turn, and returns the entries of a request; throws what its decisions or the database threw. */
    List<LedgerEntry> append(List<Function<Tokens, TokenEvent>> decisions) {
        Request own = new Request(decisions);
        waiting.add(own);
        leading.lock();
        try {
            while (own.outcome == null) {
                lead();
            }
            return switch (own.outcome) {
                case Outcome.Done(var entries) -> entries;
                case Outcome.Failed(var why) -> throw why;
            };
        } finally {
            leading.unlock();
        }
    }

    private void lead() {
        List<Request> group = new ArrayList<>();
        try {
            List<Outcome> outcomes = transaction.run(() -> take(group));
            for (int i = 0; i < group.size(); i++) {
                group.get(i).outcome = outcomes.get(i);
            }
        } catch (NotCommitted e) {
            if (group.size() == 1) {
                group.getFirst().outcome = new Outcome.Failed(e.why());
            } else {
                group.forEach(this::alone);
            }
        } catch (RuntimeException e) {
            if (group.isEmpty()) {
                var _ = take(group); // it could not begin, for any of them
            }
            group.forEach(each -> each.outcome = new Outcome.Failed(e));
        } finally {
            // None is left without one, whatever was thrown.
            group.stream()
                    .filter(each -> each.outcome == null)
                    .forEach(each -> each.outcome = new Outcome.Failed(new IllegalStateException("was not decided")));
        }
    }

    /** Takes the first request, and those that follow as long as they have few decisions together. */
    private List<List<Function<Tokens, TokenEvent>>> take(List<Request> group) {
        int decisions = 0;
        for (Request next = waiting.peek(); next != null; next = waiting.peek()) {
            decisions += next.decisions.size();
            if (!group.isEmpty() && decisions > MOST) {
                break;
            }
            waiting.remove();
            group.add(next);
        }
        return group.stream().map(each -> each.decisions).toList();
    }

    private void alone(Request request) {
        try {
            request.outcome = transaction.run(() -> List.of(request.decisions)).getFirst();
        } catch (NotCommitted e) {
            request.outcome = new Outcome.Failed(e.why());
        } catch (RuntimeException e) {
            request.outcome = new Outcome.Failed(e);
        }
    }
}
