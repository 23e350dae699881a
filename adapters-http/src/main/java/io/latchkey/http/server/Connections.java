package io.latchkey.http.server;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.CompletionStage;

/** The connections of requests. */
public final class Connections {
    private Connections() {}

    /** The connection of a request; in HTTP/2, its stream. */
    private static Channel of(HttpRequest<?> request) {
        return ((NettyHttpRequest<?>) request).getChannelHandlerContext().channel();
    }

    /** Whether a request came over TLS. The streams of HTTP/2 have it at their connection, where Micronaut does not look. */
    public static boolean isSecure(HttpRequest<?> request) {
        for (Channel channel = of(request); channel != null; channel = channel.parent()) {
            if (channel.pipeline().get(SslHandler.class) != null) {
                return true;
            }
        }
        return false;
    }

    /** An action that closes the connection of a request. */
    public static Runnable closing(HttpRequest<?> request) {
        Channel channel = of(request);
        return () -> {
            var _ = channel.close();
        };
    }

    /**
     * Runs an action if the client disconnects before a response is complete.
     *
     * @param answer completed in any way when the response is complete
     */
    public static void ifClosedBefore(CompletionStage<?> answer, HttpRequest<?> request, Runnable then) {
        Channel channel = of(request);
        ChannelFutureListener listener = _ -> then.run();
        var _ = channel.closeFuture().addListener(listener);
        // Otherwise a persistent connection would collect listeners.
        var _ = answer.whenComplete((_, _) -> channel.closeFuture().removeListener(listener));
    }
}
