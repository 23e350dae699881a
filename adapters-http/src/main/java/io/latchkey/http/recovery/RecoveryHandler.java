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

/** One connection to the recovery listener: one request, whose body is read and ignored, and one response. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing follows the close of a connection
final class RecoveryHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final int LONGEST_BODY = 64 * 1024;

    private final RecoveryEndpoint endpoint;
    private final Executor worker;
    private final Runnable closed;
    private @Nullable HttpRequest request;
    private int length;
    private State state = State.READING;

    private enum State {
        READING,
        /** The request was rejected; the rest is read, because a client that still sends could lose the response. */
        DISCARDING,
        /** The connection closes after the response. */
        ANSWERING
    }

    /**
     * @param worker runs the endpoint, which may wait for the store
     * @param closed runs after the successful response
     */
    RecoveryHandler(RecoveryEndpoint endpoint, Executor worker, Runnable closed) {
        this.endpoint = endpoint;
        this.worker = worker;
        this.closed = closed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        switch (state) {
            case READING -> readRequest(context, message);
            case DISCARDING -> {
                if (message instanceof LastHttpContent) {
                    context.close();
                }
            }
            case ANSWERING -> {}
        }
    }

    private void readRequest(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest head) {
            request = head;
        }
        if (message instanceof HttpContent part) {
            length += part.content().readableBytes();
        }
        HttpRequest received = requireNonNull(request);
        if (message.decoderResult().isFailure()) {
            state = State.ANSWERING;
            context.writeAndFlush(endpoint.refuse(received, context.channel()))
                    .addListener(ChannelFutureListener.CLOSE);
        } else if (length > LONGEST_BODY) {
            state = State.DISCARDING;
            var written = context.writeAndFlush(endpoint.refuse(received, context.channel()));
            if (message instanceof LastHttpContent) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        } else if (message instanceof LastHttpContent) {
            state = State.ANSWERING;
            worker.execute(() -> endpoint.answer(received, context.channel())
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
