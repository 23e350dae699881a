package io.latchkey.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.RunningServer;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long sessions last. */
final class SessionsTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final AtomicLong now = new AtomicLong();

    private Sessions sessions(TokenAuthority authority) {
        return new Sessions(authority, new SecureRandom(), now::get);
    }

    private static Verdict.Accepted accepted(RunningServer server, String secret) {
        return (Verdict.Accepted) server.authority.check(TokenSecret.presented(secret));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void a_session_ends_after_half_an_hour_without_a_request() {
        try (var server = new RunningServer(Map.of())) {
            Sessions sessions = sessions(server.authority);
            String id = sessions.begin(accepted(server, server.operator()));
            pass(Sessions.IDLE.minusNanos(1));
            assertThat(sessions.find(id, HERE)).isPresent();
            pass(Sessions.IDLE.minusNanos(1));
            assertThat(sessions.find(id, HERE)).isPresent();
            pass(Sessions.IDLE);
            assertThat(sessions.find(id, HERE)).isEmpty();
        }
    }

    @Test
    void a_session_ends_after_twelve_hours_in_any_case() {
        try (var server = new RunningServer(Map.of())) {
            Sessions sessions = sessions(server.authority);
            String id = sessions.begin(accepted(server, server.operator()));
            for (Duration age = Duration.ZERO; age.compareTo(Sessions.LONGEST) < 0; age = age.plus(Sessions.IDLE)) {
                assertThat(sessions.find(id, HERE)).isPresent();
                pass(Sessions.IDLE.minusSeconds(1));
            }
            assertThat(sessions.find(id, HERE)).isPresent();
            pass(Duration.ofSeconds(24));
            assertThat(sessions.find(id, HERE)).isEmpty();
        }
    }

    @Test
    void a_page_that_loads_itself_again_keeps_no_session_from_ending_and_is_no_use() {
        try (var server = new RunningServer(Map.of())) {
            Sessions sessions = sessions(server.authority);
            String id = sessions.begin(accepted(server, server.operator()));
            pass(Sessions.IDLE.minusNanos(1));
            assertThat(sessions.look(id, HERE)).isPresent();
            assertThat(server.authority.actingAs(new Actor.FileOwner()).tokens().uses(TokenName.OPERATOR))
                    .isEmpty();
            pass(Duration.ofNanos(1));
            assertThat(sessions.look(id, HERE)).isEmpty();
            assertThat(sessions.find(id, HERE)).isEmpty();
        }
    }

    @Test
    void a_new_session_ends_the_oldest_of_too_many() {
        try (var server = new RunningServer(Map.of())) {
            Sessions sessions = sessions(server.authority);
            Verdict.Accepted operator = accepted(server, server.operator());
            String first = sessions.begin(operator);
            String second = sessions.begin(operator);
            for (int i = 2; i < Sessions.MOST; i++) {
                sessions.begin(operator);
            }
            assertThat(sessions.find(first, HERE)).isPresent();
            sessions.begin(operator);
            assertThat(sessions.find(first, HERE)).isEmpty();
            assertThat(sessions.find(second, HERE)).isPresent();
            assertThat(sessions.find(second, HERE).orElseThrow().actor()).isInstanceOf(Actor.Holder.class);
        }
    }
}
