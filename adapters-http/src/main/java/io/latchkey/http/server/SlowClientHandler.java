package io.latchkey.http.server;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client is too slow for two minutes: it sends no complete request headers, or sends or reads
 * a body at less than 500 bytes a second.
 *
 * <p>Two minutes, because clients and proxies keep idle connections for up to 90 seconds. A timer checks every 30
 * seconds, so that a request costs only an addition.
 */
public @SuppressWarnings("FutureReturnValueIgnored") // the caller of write has the promise
final class SlowClientHandler extends ChannelDuplexHandler {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int MIN_BYTES = 500 * 30;
    private static final int MAX_SLOW_INTERVALS = 4;

    private int pendingResponses;
    private boolean inBody;
    private long moved;
    private int slowIntervals;
    private @Nullable Future<?> next;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        scheduleCheck(context);
    }

    /** Cancels the timer, which would keep the channel in memory; in HTTP/2 every request has its own channel. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (next != null) {
            next.cancel(false);
        }
    }

    private void scheduleCheck(ChannelHandlerContext context) {
        next = context.executor().schedule(() -> check(context), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check(ChannelHandlerContext context) {
        boolean isClientsTurn =
                pendingResponses == 0 || inBody || !context.channel().isWritable();
        slowIntervals = isClientsTurn && moved < MIN_BYTES ? slowIntervals + 1 : 0;
        moved = 0;
        if (slowIntervals < MAX_SLOW_INTERVALS) {
            scheduleCheck(context);
        } else {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            pendingResponses++;
            inBody = true;
            moved += MIN_BYTES;
        }
        if (message instanceof ByteBufHolder part) {
            moved += part.content().readableBytes();
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
            moved += MIN_BYTES;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformation(message)) {
            pendingResponses--;
            moved += MIN_BYTES;
            context.write(message, promise);
        } else if (message instanceof HttpContent part) {
            int length = part.content().readableBytes();
            context.write(message, promise.unvoid().addListener(_ -> moved += length));
        } else {
            context.write(message, promise);
        }
    }

    private static boolean isInformation(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
