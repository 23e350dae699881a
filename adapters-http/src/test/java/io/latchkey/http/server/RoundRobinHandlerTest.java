package io.latchkey.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RoundRobinHandlerTest {
    private static final int LONG = 16 * 1024;

    private long nanos;
    private int reads;
    private final StringBuilder seen = new StringBuilder();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelDuplexHandler() {
        @Override
        public void read(ChannelHandlerContext context) {
            reads++;
        }
    });
    private final EmbeddedChannel other = new EmbeddedChannel();
    private final Set<Channel> proven = new HashSet<>();
    private RoundRobin turns;

    @BeforeEach
    void shareOneEventLoop() {
        turns = new RoundRobin(channel.eventLoop(), () -> nanos);
        channel.pipeline().addLast(new RoundRobinHandler(turns, proven::contains), new Reader());
        other.pipeline().addLast(new RoundRobinHandler(turns, proven::contains), new Reader());
    }

    /** Takes 30 us for what it is handed, and then asks for more. */
    private final class Reader extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            seen.append(bytes.toString(US_ASCII));
            bytes.release();
            nanos += 30_000;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            seen.append('|');
            context.read();
        }
    }

    @BeforeEach
    void readWhenAsked() {
        channel.config().setAutoRead(false);
    }

    @AfterEach
    void close() {
        var _ = channel.finishAndReleaseAll();
        var _ = other.finishAndReleaseAll();
    }

    private void send(String... texts) {
        reads = 0;
        send(channel, texts);
    }

    private static void send(EmbeddedChannel channel, String... texts) {
        for (String text : texts) {
            channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(text, US_ASCII));
        }
        channel.pipeline().fireChannelReadComplete();
    }

    private static int count(String text, char letter) {
        return (int) text.chars().filter(c -> c == letter).count();
    }

    private static String text(int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(text.length()).append(' ');
        }
        return text.substring(0, length);
    }

    @Test
    void lets_what_is_short_through_at_once() {
        send("one");
        send("two", "three");
        assertThat(seen).hasToString("one|twothree|");
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void lets_others_have_their_turn_before_all_of_what_is_long_is_worked_on() {
        send(text(LONG));
        assertThat(seen).hasSizeLessThan(LONG / 2);
        assertThat(reads).isZero();
    }

    @Test
    void lets_others_have_their_turn_before_many_short_pieces_are_worked_on() {
        send(text(LONG).split("(?<= )", -1));
        assertThat(seen).hasSizeLessThan(LONG / 2);
        assertThat(reads).isZero();
    }

    @Test
    void gives_all_connections_of_an_event_loop_one_turn_together_between_two_rounds_of_reading() {
        send(channel, "a".repeat(LONG));
        send(other, "b".repeat(LONG));
        assertThat(seen).doesNotContain("a", "b");
        channel.runPendingTasks();
        seen.setLength(0);
        for (int rounds = 0; rounds < 10; rounds++) {
            long begun = nanos;
            channel.runScheduledPendingTasks();
            assertThat(nanos - begun).isBetween(1L, 130_000L);
        }
        assertThat(count(seen.toString(), 'a')).isEqualTo(5 * 4 * 256);
        assertThat(count(seen.toString(), 'b')).isEqualTo(5 * 4 * 256);
    }

    @Test
    void gives_every_second_turn_to_connections_with_a_live_token() {
        proven.add(other);
        List<EmbeddedChannel> anonymous = another(20);
        anonymous.forEach(each -> send(each, "a".repeat(LONG)));
        send(other, "b".repeat(LONG));
        for (int rounds = 0; rounds < 20; rounds++) {
            channel.runScheduledPendingTasks();
        }
        channel.runPendingTasks();
        seen.setLength(0);
        for (int rounds = 0; rounds < 20; rounds++) {
            channel.runScheduledPendingTasks();
        }
        assertThat(count(seen.toString(), 'a')).isEqualTo(10 * 4 * 256);
        assertThat(count(seen.toString(), 'b')).isEqualTo(10 * 4 * 256);
        anonymous.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void lets_many_short_requests_of_one_moment_have_turns_but_for_the_first_and_those_with_a_live_token() {
        List<EmbeddedChannel> many = another(200);
        many.forEach(each -> send(each, "a"));
        int atOnce = count(seen.toString(), 'a');
        assertThat(atOnce).isBetween(1, 50);
        proven.add(channel);
        send("b");
        assertThat(seen.toString()).endsWith("b|");
        for (int rounds = 0; rounds < 100; rounds++) {
            channel.runPendingTasks();
        }
        assertThat(count(seen.toString(), 'a')).isEqualTo(200);
        seen.setLength(0);
        send(other, "c");
        assertThat(seen).hasToString("c|");
        many.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void begins_at_once_with_what_a_connection_with_a_live_token_sends() {
        proven.add(channel);
        send(text(600));
        assertThat(seen.toString()).isEqualTo(text(600) + "|");
        assertThat(reads).isEqualTo(1);
        seen.setLength(0);
        send(text(LONG));
        assertThat(seen.toString()).hasSizeBetween(4 * 256, LONG / 2).endsWith("|");
        assertThat(reads).isZero();
    }

    private List<EmbeddedChannel> another(int count) {
        return Stream.generate(() -> new EmbeddedChannel(new RoundRobinHandler(turns, proven::contains), new Reader()))
                .limit(count)
                .toList();
    }

    @Test
    void goes_on_with_another_connection_when_one_ends_before_its_turn() {
        send(channel, "a".repeat(LONG));
        send(other, "b".repeat(LONG));
        var _ = channel.pipeline().removeFirst();
        channel.pipeline().remove(RoundRobinHandler.class);
        for (int rounds = 0; rounds < 100; rounds++) {
            channel.runPendingTasks();
        }
        assertThat(count(seen.toString(), 'b')).isEqualTo(LONG);
    }

    @Test
    void goes_on_with_the_rest_in_its_order_and_reads_more_only_then() {
        send(text(LONG), "and", text(1_000));
        for (int turns = 0; turns < 100; turns++) {
            channel.runPendingTasks();
        }
        assertThat(seen.toString().replace("|", "")).isEqualTo(text(LONG) + "and" + text(1_000));
        assertThat(seen.toString().split("\\|", -1))
                .hasSizeGreaterThan(10)
                .allSatisfy(turn -> assertThat(turn).hasSizeLessThan(2_000));
        assertThat(reads).isBetween(1, 2);
        send("more");
        assertThat(seen.toString()).endsWith("more|");
    }

    @Test
    void hold_back_a_channel_that_reads_by_itself() {
        channel.config().setAutoRead(true);
        send(text(LONG));
        assertThat(channel.config().isAutoRead()).isFalse();
        for (int turns = 0; turns < 100; turns++) {
            channel.runPendingTasks();
        }
        assertThat(seen.toString().replace("|", "")).isEqualTo(text(LONG));
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void forgets_the_rest_when_the_connection_ends() {
        ByteBuf bytes = Unpooled.copiedBuffer(text(LONG), US_ASCII);
        channel.pipeline().fireChannelRead(bytes);
        channel.pipeline().fireChannelReadComplete();
        assertThat(bytes.refCnt()).isPositive();
        var _ = channel.close();
        channel.runPendingTasks();
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void answer_every_request_of_many_that_come_at_once() {
        try (var server = new RunningServer()) {
            String request = "GET /api/v1/verify HTTP/1.1\r\nHost: x\r\n\r\n";
            String body = "POST /oauth2/introspect HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\n" + "1\r\nx\r\n".repeat(1_000)
                    + "0\r\n\r\n";
            String last = "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            String answers = RawConnection.exchange(
                    server.port(), (request.repeat(1_000) + body + request + last).getBytes(US_ASCII));
            assertThat(answers.split("HTTP/1.1 401", -1)).hasSize(1_003);
            assertThat(answers).contains("HTTP/1.1 200");
        }
    }
}
