package io.latchkey.cli.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.LogCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class LogQueueTest {
    private final LogCounts counts = new LogCounts();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch read = new CountDownLatch(1);

    /** A pipe that is full until somebody reads. */
    private final OutputStream full = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                read.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            written.write(bytes, from, length);
        }
    };

    private LogQueue queue(OutputStream out) {
        return queue(out, Duration.ofMinutes(1));
    }

    private LogQueue queue(OutputStream out, Duration patience) {
        return new LogQueue(out, patience, counts, lost -> ("lost " + lost + "\n").getBytes(US_ASCII));
    }

    private static byte[] line(int length) {
        return "x".repeat(length).getBytes(US_ASCII);
    }

    @Test
    void keeps_the_order_and_writes_everything_before_it_is_closed() {
        read.countDown();
        try (LogQueue queue = queue(full)) {
            for (int i = 0; i < 1_000; i++) {
                queue.add((i + "\n").getBytes(US_ASCII));
            }
        }
        assertThat(written.toString(US_ASCII).lines()).hasSize(1_000).first().isEqualTo("0");
        assertThat(written.toString(US_ASCII)).endsWith("\n999\n");
        assertThat(counts.dropped()).isZero();
    }

    @Test
    void never_waits_for_whoever_reads_and_says_what_was_lost() {
        LogQueue queue = queue(full);
        int half = LogQueue.MOST_BYTES / 2;
        for (int i = 0; i < 10; i++) {
            queue.add(line(half));
        }
        assertThat(counts.dropped()).isEqualTo(8);
        read.countDown();
        queue.flush();
        queue.add(line(1));
        queue.close();
        assertThat(written.toString(US_ASCII)).isEqualTo("x".repeat(2 * half) + "lost 8\nx");
    }

    @Test
    void ends_without_whoever_never_reads() {
        LogQueue queue = queue(full, Duration.ZERO);
        queue.add(line(1));
        queue.close();
        assertThat(written.size()).isZero();
        queue.add(line(1));
        assertThat(counts.dropped()).isEqualTo(1);
    }

    @Test
    void counts_what_comes_once_nobody_reads_any_more() {
        LogQueue queue = queue(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        queue.add(line(1));
        queue.flush();
        queue.add(line(1));
        assertThat(counts.dropped()).isPositive();
    }
}
