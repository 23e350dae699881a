package io.latchkey.http.server;

import io.latchkey.application.FatalErrors;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * What the codec takes for a request and another server might take for something else: it is marked as one that could not
 * be decoded, and ends its connection once it is answered, since nobody can say where the next one begins.
 *
 * <p>Netty has a body that breaks off look like one that is complete, and leaves a stream of HTTP/2 whose head is wrong
 * without an answer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever writes hears of it through its own promise
final class StrictHttp extends ChannelDuplexHandler {
    /** The most fields of a head: each takes far more memory than it takes bytes on the wire. */
    static final int MOST_FIELDS = 200;

    private int owed;
    private boolean inBody;

    /** Whether nothing more is heard, and the last answer ends the connection. */
    private boolean over;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (over) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            owed++;
            inBody = true;
            judge(context, request);
        } else if (!inBody) {
            // The codec of HTTP/2 takes a head without a method for the end of a body.
            ReferenceCountUtil.release(message);
            reset(context);
            return;
        } else if (message instanceof HttpContent part && part.decoderResult().isFailure()) {
            part.release();
            breakOff(context);
            return;
        }
        inBody &= !(message instanceof LastHttpContent);
        context.fireChannelRead(message);
    }

    private void judge(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            over = true;
        } else if (request.headers().size() > MOST_FIELDS) {
            fail(request, new TooLongHttpHeaderException("more than " + MOST_FIELDS + " fields"));
        } else if (isAmbiguous(context, request)) {
            fail(request, new IllegalArgumentException("ambiguous request"));
        }
    }

    private void fail(HttpRequest request, Exception cause) {
        request.setDecoderResult(DecoderResult.failure(cause));
        over = true;
    }

    /** Whether somebody who reads it by RFC 9112 could see another message, another host or another caller. */
    private static boolean isAmbiguous(ChannelHandlerContext context, HttpRequest request) {
        if (request.protocolVersion().majorVersion() != 1) {
            return true; // another major version frames its messages in another way (RFC 9110, section 2.5)
        }
        HttpHeaders headers = request.headers();
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && !(codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                                codings.getFirst().strip()))) {
            return true;
        }
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        boolean mayLackHost = context.channel() instanceof Http2StreamChannel
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return hosts > 1
                || (hosts == 0 && !mayLackHost)
                // A proxy is answered in its own way, whatever it is that the guarded request brings.
                || (!Paths.isVerify(request.uri())
                        && headers.getAll(HttpHeaderNames.AUTHORIZATION).size() > 1);
    }

    /** The body of a request ends in the middle: it fails for whoever reads it. */
    private void breakOff(ChannelHandlerContext context) {
        over = true;
        if (owed == 0) {
            context.close();
        } else {
            context.fireExceptionCaught(new ProblemException(Problem.badRequest("the body is not valid HTTP")));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformation(message)) {
            owed--;
            if (over && owed <= 0) {
                context.write(message, promise.unvoid().addListener(ChannelFutureListener.CLOSE));
                return;
            }
        }
        context.write(message, promise);
    }

    private static boolean isInformation(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** In HTTP/2 a head that is none ends its stream (RFC 9113, section 8.1.1), and is nothing for the log. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (context.channel() instanceof Http2StreamChannel && owed == 0) {
            FatalErrors.check(failure);
            reset(context);
        } else {
            context.fireExceptionCaught(failure);
        }
    }

    private void reset(ChannelHandlerContext context) {
        over = true;
        context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
