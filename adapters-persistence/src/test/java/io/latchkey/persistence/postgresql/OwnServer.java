package io.latchkey.persistence.postgresql;

import io.latchkey.application.PostgresUrl;
import io.latchkey.application.StoreLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server of one test, which may be killed, started again and copied. */
final class OwnServer implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres running;

    /** Starts a server on a folder of data, which is filled if it is empty. */
    OwnServer(Path data) throws IOException {
        this.data = data;
        running = start(0);
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1");
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    StoreLocation.Postgres location() {
        return new StoreLocation.Postgres(
                PostgresUrl.parse("postgresql://postgres@127.0.0.1:" + running.getPort() + "/postgres"),
                Optional.empty(),
                Optional.empty());
    }

    int port() {
        return running.getPort();
    }

    /** Kills the server, all of whose processes end then, and starts it again on the same port. */
    void killAndStart() throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle.of(postmaster).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        stop();
        int port = running.getPort();
        for (long begun = System.nanoTime(); ; ) {
            try {
                running = start(port);
                return;
            } catch (IOException | RuntimeException e) {
                // Its other processes have yet to notice.
                if (System.nanoTime() - begun > Duration.ofMinutes(1).toNanos()) {
                    throw e;
                }
            }
        }
    }

    /** Copies the data into a folder while the server is stopped, and starts it again. */
    void copyTo(Path folder) throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, folder.resolve(data.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        running = start(running.getPort());
    }

    private void stop() throws IOException {
        running.close();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
