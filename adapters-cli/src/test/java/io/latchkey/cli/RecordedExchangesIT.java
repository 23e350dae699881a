package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.LogCounts;
import io.latchkey.application.ManualClock;
import io.latchkey.application.RecordedExchange;
import io.latchkey.application.SelfRotation;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.ExpiryPolicy;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to a server with a real file behind it, byte by byte; the clock and the dice alone are ours. */
class RecordedExchangesIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = "query-sql.http")
    void goes_as_it_went_before(String name) {
        var replay = RecordedExchange.replay(Path.of("src/test/resources/exchanges", name), settings -> {
            Map<String, Object> all = new HashMap<>(settings);
            all.put("latchkey.database", folder.resolve("latchkey.db").toString());
            all.put("micronaut.server.port", 0);
            return new Partner(all);
        });
        assertThat(replay.replayed()).isEqualTo(replay.recorded());
    }

    private static final class Partner implements RecordedExchange.Server {
        private final ManualClock clock = new ManualClock();
        private final ApplicationContext context;
        private final TokenAuthority authority;
        private final EmbeddedServer server;

        Partner(Map<String, Object> settings) {
            context = ApplicationContext.builder()
                    .properties(settings)
                    .beanDefinitions(
                            RuntimeBeanDefinition.of(ExpiryPolicy.NONE),
                            RuntimeBeanDefinition.of(SelfRotation.ALLOWED),
                            RuntimeBeanDefinition.of(new LogCounts()),
                            RuntimeBeanDefinition.builder(InstantSource.class, () -> clock)
                                    .replaces(InstantSource.class)
                                    .singleton(true)
                                    .build(),
                            RuntimeBeanDefinition.builder(SecureRandom.class, PredictableRandom::new)
                                    .replaces(SecureRandom.class)
                                    .singleton(true)
                                    .build())
                    .start();
            authority = context.getBean(TokenAuthority.class);
            authority.start();
            server = context.getBean(EmbeddedServer.class).start();
        }

        @Override
        public String exchange(byte[] request) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(request);
                return new String(socket.getInputStream().readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public TokenAuthority authority() {
            return authority;
        }

        @Override
        public ManualClock clock() {
            return clock;
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
