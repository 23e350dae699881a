package io.latchkey.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives the bytes of one connection to those that read them in turns of a bounded time, between which other connections
 * have theirs: 16 KiB may hold hundreds of requests, and thousands of chunks. While bytes wait, no more are read from the
 * connection.
 *
 * <p>What is as short as most requests are goes through at once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a turn that fails tells the pipeline
final class FairTurns extends ChannelDuplexHandler {
    /** What is read at once, in bytes, between two looks at the time. */
    private static final int SLICE = 256;

    /** In nanoseconds. */
    private static final long TURN = 100_000;

    private final LongSupplier ticker;
    private final Queue<ByteBuf> waiting = new ArrayDeque<>(0);
    private int passed;
    private boolean isReadWanted;
    private boolean isTurnPlanned;
    private boolean isHeldBack;

    /**
     * One connection's turns.
     *
     * @param ticker nanoseconds that only ever advance
     */
    FairTurns(LongSupplier ticker) {
        this.ticker = ticker;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (waiting.isEmpty() && bytes.readableBytes() <= SLICE - passed) {
            passed += bytes.readableBytes();
            context.fireChannelRead(bytes);
        } else {
            waiting.add(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        passed = 0;
        if (waiting.isEmpty()) {
            context.fireChannelReadComplete();
        } else if (!isTurnPlanned) {
            turn(context);
        }
    }

    /** Where the channel reads by itself, nobody asks in {@link #read}. */
    private void holdBack(ChannelHandlerContext context) {
        if (context.channel().config().isAutoRead()) {
            isHeldBack = true;
            context.channel().config().setAutoRead(false);
        }
    }

    private void turn(ChannelHandlerContext context) {
        isTurnPlanned = false;
        long begun = ticker.getAsLong();
        while (!waiting.isEmpty() && ticker.getAsLong() - begun < TURN) {
            ByteBuf bytes = waiting.element();
            if (bytes.readableBytes() > SLICE) {
                context.fireChannelRead(bytes.readRetainedSlice(SLICE));
            } else {
                waiting.remove();
                context.fireChannelRead(bytes);
            }
        }
        if (!waiting.isEmpty()) {
            isTurnPlanned = true;
            holdBack(context);
            // Not executed: that would come before other connections are read.
            context.executor().schedule(() -> turn(context), 0, TimeUnit.NANOSECONDS);
        }
        context.fireChannelReadComplete();
        if (waiting.isEmpty()) {
            goOn(context);
        }
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
    }
}
