package io.latchkey.http.server;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjIntConsumer;

/** Number of responses by status. Thread-safe; counting does not block. */
@Singleton
public final class RequestCounts {
    private static final int FIRST = 100;
    private static final int LAST = 599;

    private final List<LongAdder> byStatus = new ArrayList<>();

    public RequestCounts() {
        for (int status = FIRST; status <= LAST; status++) {
            byStatus.add(new LongAdder());
        }
    }

    /** Counts a response; ignores statuses outside 100 to 599. */
    public void count(int status) {
        if (status >= FIRST && status <= LAST) {
            byStatus.get(status - FIRST).increment();
        }
    }

    /** Passes the counter and the status of every status that occurred. */
    public void forEach(ObjIntConsumer<LongAdder> consumer) {
        for (int status = FIRST; status <= LAST; status++) {
            LongAdder count = byStatus.get(status - FIRST);
            if (count.sum() > 0) {
                consumer.accept(count, status);
            }
        }
    }
}
