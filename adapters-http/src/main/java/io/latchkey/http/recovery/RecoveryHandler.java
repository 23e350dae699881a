package io.latchkey.http.recovery;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One connection to the recovery listener: one request, whose body is read and ignored, and one answer. */
@SuppressWarnings("FutureReturnValueIgnored") // whoever closes a connection has no more to do with it
final class RecoveryHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final int LONGEST_BODY = 64 * 1024;

    private final RecoveryEndpoint desk;
    private final Executor asking;
    private final Runnable closed;
    private @Nullable HttpRequest request;
    private int length;
    private Turn turn = Turn.LISTENING;

    private enum Turn {
        LISTENING,
        /** Refused: who still sends when the connection is cut may never see the answer. */
        DISCARDING,
        /** The answer ends the connection. */
        ANSWERING
    }

    /**
     * @param asking where the desk is asked, since that may have to wait for the store
     * @param closed run once the answer on this connection was the last one
     */
    RecoveryHandler(RecoveryEndpoint desk, Executor asking, Runnable closed) {
        this.desk = desk;
        this.asking = asking;
        this.closed = closed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        switch (turn) {
            case LISTENING -> listen(context, message);
            case DISCARDING -> {
                if (message instanceof LastHttpContent) {
                    context.close();
                }
            }
            case ANSWERING -> {}
        }
    }

    private void listen(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest head) {
            request = head;
        }
        if (message instanceof HttpContent part) {
            length += part.content().readableBytes();
        }
        HttpRequest known = requireNonNull(request);
        if (message.decoderResult().isFailure()) {
            turn = Turn.ANSWERING;
            context.writeAndFlush(desk.refuse(known, context.channel())).addListener(ChannelFutureListener.CLOSE);
        } else if (length > LONGEST_BODY) {
            turn = Turn.DISCARDING;
            var written = context.writeAndFlush(desk.refuse(known, context.channel()));
            if (message instanceof LastHttpContent) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        } else if (message instanceof LastHttpContent) {
            turn = Turn.ANSWERING;
            asking.execute(() -> desk.answer(known, context.channel())
                    .ifPresentOrElse(answer -> answer(context, answer), context::close));
        }
    }

    private void answer(ChannelHandlerContext context, FullHttpResponse answer) {
        boolean last = answer.status().equals(HttpResponseStatus.CREATED);
        context.writeAndFlush(answer).addListener(written -> {
            context.close();
            if (last) {
                closed.run();
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
