package io.latchkey.http.server;

import io.latchkey.application.FatalErrors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of a connection: logs what its client caused in one line without a stack trace, as often as
 * {@link LogRateLimit} permits, and closes the connection. Netty would log a stack trace each time.
 */
@Singleton
@ChannelHandler.Sharable
final class ClientErrors extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ClientErrors.class);

    private final LogRateLimit limit;
    private final TrustedProxies proxies;

    ClientErrors(LogRateLimit limit, TrustedProxies proxies) {
        this.limit = limit;
        this.proxies = proxies;
    }

    /** Whether a failure is only a lost or broken connection, TLS included. */
    static boolean isConnectionLost(Throwable failure) {
        return failure instanceof IOException || failure.getCause() instanceof IOException;
    }

    /** Whether a failure says that the bytes of a client are not valid. */
    static boolean isInvalidInput(Throwable failure) {
        return !isConnectionLost(failure)
                && (failure instanceof DecoderException
                        || failure instanceof Http2Exception
                        || failure instanceof Http2FrameStreamException);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        FatalErrors.check(failure);
        log(context.channel(), failure);
        if (!(failure instanceof Http2Exception)) { // after which the codec says goodbye and closes
            var _ = context.close();
        }
    }

    /** Logs a failure of a connection if a line is permitted. */
    void log(Channel connection, Throwable failure) {
        if (isConnectionLost(failure) || !limit.take(proxies.nearest(connection.remoteAddress(), _ -> List.of()))) {
            return;
        }
        if (isInvalidInput(failure)) {
            // Not the message, which may repeat what the client sent.
            LOG.atInfo()
                    .addKeyValue("peer", proxies.client(connection.remoteAddress(), _ -> List.of()))
                    .addKeyValue("error", name(failure))
                    .log("the input of a connection is not valid");
        } else {
            LOG.error("a connection failed, which is a bug of Latchkey", failure);
        }
    }

    private static String name(Throwable failure) {
        return failure instanceof Http2Exception invalid
                ? "HTTP/2 " + invalid.error()
                : failure.getClass().getSimpleName();
    }
}
