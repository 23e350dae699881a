package io.latchkey.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Passes on at once what is as short as most requests are, and hands longer input on slice by slice, when the
 * {@link RoundRobin} of the event loop gives this connection a turn: 16 KiB may hold hundreds of requests, and thousands of
 * chunks. While bytes wait, no more are read from the connection.
 */
final class RoundRobinHandler extends ChannelDuplexHandler {
    /** The longest input that is handed on without a look at the time, in bytes. */
    private static final int SLICE = 256;

    private final RoundRobin turns;
    private final Predicate<Channel> proven;
    private final Queue<ByteBuf> waiting = new ArrayDeque<>(0);
    private @Nullable ChannelHandlerContext context;
    private int passed;
    private boolean isReadWanted;
    private boolean isLinedUp;
    private boolean isHeldBack;

    /** @param proven whether a live token was sent on a connection */
    RoundRobinHandler(RoundRobin turns, Predicate<Channel> proven) {
        this.turns = turns;
        this.proven = proven;
    }

    /** Whether a live token was sent on this connection. */
    boolean isProven() {
        return context != null && proven.test(context.channel());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (waiting.isEmpty()
                && bytes.readableBytes() <= SLICE - passed
                && (passed > 0 || turns.mayPass(this))) {
            passed += bytes.readableBytes();
            context.fireChannelRead(bytes);
        } else {
            waiting.add(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        passed = 0;
        if (waiting.isEmpty() || isLinedUp) {
            context.fireChannelReadComplete();
            return;
        }
        boolean begun = isProven();
        if (begun && !turns.begin(this)) {
            return;
        }
        isLinedUp = true;
        holdBack(context);
        turns.add(this);
        if (!begun) {
            context.fireChannelReadComplete();
        }
    }

    /** Where the channel reads by itself, nobody asks in {@link #read}. */
    private void holdBack(ChannelHandlerContext context) {
        if (context.channel().config().isAutoRead()) {
            isHeldBack = true;
            context.channel().config().setAutoRead(false);
        }
    }

    /**
     * Hands on at least one slice, and more while there is time.
     *
     * @return whether bytes are left, for another turn
     */
    boolean work(BooleanSupplier hasTime) {
        ChannelHandlerContext here = context;
        if (here == null || waiting.isEmpty()) {
            isLinedUp = false;
            return false;
        }
        do {
            ByteBuf bytes = waiting.element();
            if (bytes.readableBytes() > SLICE) {
                here.fireChannelRead(bytes.readRetainedSlice(SLICE));
            } else {
                waiting.remove();
                here.fireChannelRead(bytes);
            }
        } while (!waiting.isEmpty() && hasTime.getAsBoolean());
        isLinedUp = !waiting.isEmpty();
        here.fireChannelReadComplete();
        if (waiting.isEmpty()) {
            goOn(here);
        }
        return isLinedUp;
    }

    private void goOn(ChannelHandlerContext context) {
        if (isHeldBack) {
            isHeldBack = false;
            context.channel().config().setAutoRead(true);
        }
        if (isReadWanted) {
            isReadWanted = false;
            context.read();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (waiting.isEmpty()) {
            context.read();
        } else {
            isReadWanted = true;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forget();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        forget();
    }

    private void forget() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        if (isLinedUp) {
            isLinedUp = false;
            turns.remove(this);
        }
    }
}
