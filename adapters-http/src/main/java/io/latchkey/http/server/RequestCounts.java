package io.latchkey.http.server;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjIntConsumer;

/** How many requests were answered with each status; counting one is an addition that no other thread waits for. */
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

    public void count(int status) {
        if (status >= FIRST && status <= LAST) {
            byStatus.get(status - FIRST).increment();
        }
    }

    /** Shows the count of every status that was given. */
    public void forEach(ObjIntConsumer<LongAdder> consumer) {
        for (int status = FIRST; status <= LAST; status++) {
            LongAdder count = byStatus.get(status - FIRST);
            if (count.sum() > 0) {
                consumer.accept(count, status);
            }
        }
    }
}
