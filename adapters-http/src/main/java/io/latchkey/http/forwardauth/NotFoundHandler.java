package io.latchkey.http.forwardauth;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Answers what {@link ForwardAuthHandler} passes on where nothing else is served; bodies are read and ignored. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing follows the close of a connection
final class NotFoundHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final NotFoundResponses responses;
    /** The last response on this connection. */
    private @Nullable ChannelFuture last;

    NotFoundHandler(NotFoundResponses responses) {
        this.responses = responses;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest request) {
            // After Expect: 100-continue, the client may send the body or not.
            boolean isEndKnown = !request.headers().contains(HttpHeaderNames.EXPECT);
            boolean keepAlive = HttpUtil.isKeepAlive(request) && isEndKnown;
            FullHttpResponse answer = responses.answer(request);
            HttpUtil.setKeepAlive(answer.headers(), request.protocolVersion(), keepAlive);
            ChannelFuture written = context.writeAndFlush(answer);
            last = keepAlive ? null : written;
            if (!isEndKnown) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }
        // Not earlier: a client that is still sending when the connection closes may lose the response.
        if (message instanceof LastHttpContent && last != null) {
            last.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
