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
 * The part of one connection that answers forward-auth requests, and lets all others pass to Micronaut.
 *
 * <p>Answers keep the order of the requests: one that comes while Micronaut still owes an answer is held until it has
 * given it, and nothing more is read.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever writes hears of it through its own promise
final class ForwardAuthHandler extends ChannelDuplexHandler {
    private final ForwardAuth forwardAuth;
    private final OpenConnections connections;
    private final Queue<Object> held = new ArrayDeque<>(0);
    private final RequirementCache required = new RequirementCache();
    private int owed;
    private boolean answered;
    private boolean readAsked;
    private boolean closing;
    private boolean proven;
    /** The last answer on this connection. */
    private @Nullable ChannelFuture farewell;

    /** Whether what comes is the rest of a request that was answered. */
    private boolean discarding;

    ForwardAuthHandler(ForwardAuth forwardAuth, OpenConnections connections) {
        this.forwardAuth = forwardAuth;
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!held.isEmpty() || mustWait(message)) {
            held.add(message);
        } else {
            take(context, message);
        }
    }

    private boolean mustWait(Object message) {
        return owed > 0 && message instanceof HttpRequest request && isForUs(request);
    }

    private void take(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            if (isForUs(request)) {
                answer(context, request);
                discard(message);
            } else {
                owed++;
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
            // In HTTP/1 the codec would see to it, in HTTP/2 nobody does.
            answer = answer.replace(Unpooled.EMPTY_BUFFER);
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request) && isEndKnown(request);
        HttpUtil.setKeepAlive(answer.headers(), request.protocolVersion(), keepAlive);
        answered = true;
        if (keepAlive) {
            context.write(answer, context.voidPromise());
        } else {
            farewell = context.write(answer);
            if (!isEndKnown(request)) {
                hangUp(farewell);
            }
        }
    }

    /** Whether the next request can be found: a caller that waits for a 100 may send its body now, or never. */
    private static boolean isEndKnown(HttpRequest request) {
        return !request.headers().contains(HttpHeaderNames.EXPECT)
                && !request.decoderResult().isFailure();
    }

    private void discard(Object message) {
        discarding = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
        // No sooner: who still sends when the connection is cut may never see the answer.
        if (!discarding && farewell != null) {
            hangUp(farewell);
        }
    }

    private void hangUp(ChannelFuture written) {
        closing = true;
        written.addListener(ChannelFutureListener.CLOSE);
    }

    private static boolean isForUs(HttpRequest request) {
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
            owed--;
            if (owed == 0 && !held.isEmpty()) {
                // Not from within what Micronaut is doing.
                context.executor().execute(() -> release(context));
            }
        }
    }

    private static boolean isInformation(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void release(ChannelHandlerContext context) {
        while (!held.isEmpty() && !mustWait(held.element())) {
            take(context, held.remove());
        }
        channelReadComplete(context);
        readIfAsked(context);
    }

    /** Micronaut asks for more whenever it can take more; those who never read their answers are not its concern. */
    @Override
    public void read(ChannelHandlerContext context) {
        readAsked = true;
        readIfAsked(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readIfAsked(context);
        context.fireChannelWritabilityChanged();
    }

    private void readIfAsked(ChannelHandlerContext context) {
        if (readAsked && held.isEmpty() && context.channel().isWritable()) {
            readAsked = false;
            context.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
