package io.latchkey.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SlowClientHandlerTest {
    private final EmbeddedChannel connection = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        connection.freezeTime();
        connection.pipeline().addLast(new SlowClientHandler());
    }

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    @Test
    void closes_a_connection_without_a_request_for_two_minutes() {
        pass(119);
        assertThat(connection.isOpen()).isTrue();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void restarts_after_each_response() {
        for (int i = 0; i < 10; i++) {
            ask();
            connection.writeInbound(new DefaultLastHttpContent());
            answer();
            pass(90);
            assertThat(connection.isOpen()).isTrue();
        }
        pass(60);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void does_not_limit_the_time_of_the_server() {
        ask();
        connection.writeInbound(new DefaultLastHttpContent());
        pass(3600);
        assertThat(connection.isOpen()).isTrue();
        answer();
        pass(150);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void accepts_a_slow_body_but_not_a_trickle() {
        ask();
        for (int i = 0; i < 100; i++) {
            send(15_000);
            pass(30);
            assertThat(connection.isOpen()).isTrue();
        }
        for (int i = 0; i < 13 && connection.isOpen(); i++) {
            send(100);
            pass(10);
        }
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void closes_a_connection_whose_client_never_reads() {
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        ask();
        connection.writeInbound(new DefaultLastHttpContent());
        pass(180);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void sends_a_long_response_to_a_slow_client_but_not_to_one_that_hardly_reads() {
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        ask();
        connection.writeInbound(new DefaultLastHttpContent());
        connection.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        for (int i = 0; i < 100; i++) {
            take(15_000);
            pass(30);
            assertThat(connection.isOpen()).isTrue();
        }
        for (int i = 0; i < 13 && connection.isOpen(); i++) {
            take(100);
            pass(10);
        }
        assertThat(connection.isOpen()).isFalse();
    }

    private void take(int length) {
        connection.writeOutbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[length])));
    }

    private void ask() {
        connection.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
    }

    private void send(int length) {
        connection.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[length])));
    }

    private void answer() {
        connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            connection.advanceTimeBy(1, TimeUnit.SECONDS);
            connection.runScheduledPendingTasks();
        }
    }
}
