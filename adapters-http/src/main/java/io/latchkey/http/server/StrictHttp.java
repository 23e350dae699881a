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
import java.nio.channels.ClosedChannelException;
import java.util.List;

/**
 * Rejects requests that the codec accepts and another server might read differently (request smuggling). Such a request
 * is marked as a decoder failure, and its connection is closed after the response, because the start of the next
 * request is uncertain.
 *
 * <p>Also corrects two things in Netty: a body that breaks off looks complete, and an HTTP/2 stream with invalid
 * headers gets no response.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the caller of write has the promise
final class StrictHttp extends ChannelDuplexHandler {
    /** Maximum number of header fields; a field takes far more memory than bytes on the wire. */
    static final int MOST_FIELDS = 200;

    private final ClientErrors errors;
    private int pendingResponses;
    private boolean inBody;

    /** Whether further input is ignored and the connection is closed after the last response. */
    private boolean closing;

    StrictHttp(ClientErrors errors) {
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            pendingResponses++;
            inBody = true;
            check(context, request);
        } else if (!inBody) {
            // The HTTP/2 codec reads headers without a method as the end of a body.
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

    private void check(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            closing = true;
        } else if (request.headers().size() > MOST_FIELDS) {
            fail(request, new TooLongHttpHeaderException("more than " + MOST_FIELDS + " fields"));
        } else if (isAmbiguous(context, request)) {
            fail(request, new IllegalArgumentException("ambiguous request"));
        }
    }

    private void fail(HttpRequest request, Exception cause) {
        request.setDecoderResult(DecoderResult.failure(cause));
        closing = true;
    }

    /** Whether another reader of RFC 9112 could see a different message, host or credential. */
    private static boolean isAmbiguous(ChannelHandlerContext context, HttpRequest request) {
        if (request.protocolVersion().majorVersion() != 1) {
            return true; // other major versions frame messages differently (RFC 9110, section 2.5)
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
                // Forward-auth decides itself about the headers of the protected request.
                || (!Paths.isVerify(request.uri())
                        && headers.getAll(HttpHeaderNames.AUTHORIZATION).size() > 1);
    }

    /**
     * The body of a request breaks off: its reader gets a failure. If there is no reader any more, Micronaut would log
     * the failure, unless its cause is that the input ended.
     */
    private void breakOff(ChannelHandlerContext context) {
        closing = true;
        if (pendingResponses == 0) {
            context.close();
        } else {
            context.fireExceptionCaught(new ProblemException(
                    Problem.badRequest("the body is not valid HTTP"), new ClosedChannelException()));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformation(message)) {
            pendingResponses--;
            if (closing && pendingResponses <= 0) {
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

    /**
     * In HTTP/2, invalid headers reset the stream (RFC 9113, section 8.1.1) and are not logged. Other invalid input
     * breaks the body off, or closes the connection if no body is read.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        FatalErrors.check(failure);
        if (context.channel() instanceof Http2StreamChannel && pendingResponses == 0) {
            reset(context);
        } else if (ClientErrors.isInvalidInput(failure)) {
            if (inBody) {
                breakOff(context);
            } else {
                closing = true;
                errors.log(context.channel(), failure);
                context.close();
            }
        } else {
            context.fireExceptionCaught(failure);
        }
    }

    private void reset(ChannelHandlerContext context) {
        closing = true;
        context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
