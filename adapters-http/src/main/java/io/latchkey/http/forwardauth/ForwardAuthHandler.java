package io.latchkey.http.forwardauth;

import io.latchkey.http.server.OpenConnections;
import io.latchkey.http.wire.Paths;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Answers forward-auth requests on one connection, and passes all others to Micronaut.
 *
 * <p>Responses keep the order of the requests: a forward-auth request that arrives while Micronaut has not yet answered
 * an earlier one is queued, and nothing more is read until then.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the caller of write has the promise
final class ForwardAuthHandler extends ChannelDuplexHandler {
    private final ForwardAuth forwardAuth;
    private final OpenConnections connections;
    private final Queue<Object> queued = new ArrayDeque<>(0);
    private final RequirementCache required = new RequirementCache();
    private int pendingResponses;
    private boolean answered;
    private boolean readRequested;
    private boolean closing;
    private boolean proven;
    /** The last response on this connection. */
    private @Nullable ChannelFuture lastResponse;

    /** Whether the input is the rest of a request that was answered. */
    private boolean discarding;

    ForwardAuthHandler(ForwardAuth forwardAuth, OpenConnections connections) {
        this.forwardAuth = forwardAuth;
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!queued.isEmpty() || mustWait(message)) {
            queued.add(message);
        } else {
            handle(context, message);
        }
    }

    private boolean mustWait(Object message) {
        return pendingResponses > 0 && message instanceof HttpRequest request && isForwardAuth(request);
    }

    private void handle(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            if (isForwardAuth(request)) {
                answer(context, request);
                discard(message);
            } else {
                pendingResponses++;
                context.fireChannelRead(message);
            }
        } else if (discarding) {
            discard(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        FullHttpResponse answer =
                forwardAuth.answer(request, required, context.channel().remoteAddress());
        if (!proven && answer.status().codeClass() == HttpStatusClass.SUCCESS) {
            proven = true;
            connections.proven(context.channel());
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            // The codec of HTTP/1 removes the body, that of HTTP/2 does not.
            answer = answer.replace(Unpooled.EMPTY_BUFFER);
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request) && isEndKnown(request);
        HttpUtil.setKeepAlive(answer.headers(), request.protocolVersion(), keepAlive);
        answered = true;
        if (keepAlive) {
            context.write(answer, context.voidPromise());
        } else {
            lastResponse = context.write(answer);
            if (!isEndKnown(request)) {
                closeAfter(lastResponse);
            }
        }
    }

    /**
     * Whether the start of the next request is certain: after Expect: 100-continue, the client may send the body or
     * not.
     */
    private static boolean isEndKnown(HttpRequest request) {
        return !request.headers().contains(HttpHeaderNames.EXPECT)
                && !request.decoderResult().isFailure();
    }

    private void discard(Object message) {
        discarding = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
        // Not earlier: a client that is still sending when the connection closes may lose the response.
        if (!discarding && lastResponse != null) {
            closeAfter(lastResponse);
        }
    }

    private void closeAfter(ChannelFuture written) {
        closing = true;
        written.addListener(ChannelFutureListener.CLOSE);
    }

    private static boolean isForwardAuth(HttpRequest request) {
        return Paths.isVerify(request.uri());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (answered) {
            answered = false;
            context.flush();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise);
        if (message instanceof LastHttpContent && !isInformation(message)) {
            pendingResponses--;
            if (pendingResponses == 0 && !queued.isEmpty()) {
                // Later, because Micronaut is still writing.
                context.executor().execute(() -> release(context));
            }
        }
    }

    private static boolean isInformation(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void release(ChannelHandlerContext context) {
        while (!queued.isEmpty() && !mustWait(queued.element())) {
            handle(context, queued.remove());
        }
        channelReadComplete(context);
        readIfRequested(context);
    }

    /** Reads more only if the client reads its responses; Micronaut does not check this. */
    @Override
    public void read(ChannelHandlerContext context) {
        readRequested = true;
        readIfRequested(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readIfRequested(context);
        context.fireChannelWritabilityChanged();
    }

    private void readIfRequested(ChannelHandlerContext context) {
        if (readRequested && queued.isEmpty() && context.channel().isWritable()) {
            readRequested = false;
            context.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        queued.forEach(ReferenceCountUtil::release);
        queued.clear();
    }
}
