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
 * The end of a connection on which it is the client's turn and nothing comes, or so little that it is a way to hold a
 * connection: no head of a request in two minutes, or less than 500 bytes of a body a second for as long, whether it is
 * sent or taken.
 *
 * <p>Two minutes, because clients and proxies keep a connection that they may want again for up to 90 seconds. Looked
 * at now and then, so that a request costs no more than an addition.
 */
public @SuppressWarnings("FutureReturnValueIgnored") // whoever writes hears of it through its own promise
final class SlowClientHandler extends ChannelDuplexHandler {
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int ENOUGH = 500 * 30;
    private static final int LOOKS = 4;

    private int owed;
    private boolean inBody;
    private long moved;
    private int quiet;
    private @Nullable Future<?> next;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        lookLater(context);
    }

    /** In HTTP/2 every request has its own channel, which nothing may keep. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (next != null) {
            next.cancel(false);
        }
    }

    private void lookLater(ChannelHandlerContext context) {
        next = context.executor().schedule(() -> look(context), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(ChannelHandlerContext context) {
        boolean isClientsTurn = owed == 0 || inBody || !context.channel().isWritable();
        quiet = isClientsTurn && moved < ENOUGH ? quiet + 1 : 0;
        moved = 0;
        if (quiet < LOOKS) {
            lookLater(context);
        } else {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            owed++;
            inBody = true;
            moved += ENOUGH;
        }
        if (message instanceof ByteBufHolder part) {
            moved += part.content().readableBytes();
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
            moved += ENOUGH;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformation(message)) {
            owed--;
            moved += ENOUGH;
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
