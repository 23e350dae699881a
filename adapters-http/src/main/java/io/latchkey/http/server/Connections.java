package io.latchkey.http.server;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.CompletionStage;

/** What requests come on. */
public final class Connections {
    private Connections() {}

    /** The connection that a request came on; in HTTP/2, its stream. */
    private static Channel of(HttpRequest<?> request) {
        return ((NettyHttpRequest<?>) request).getChannelHandlerContext().channel();
    }

    /** What closes the connection that a request came on. */
    public static Runnable closing(HttpRequest<?> request) {
        Channel channel = of(request);
        return () -> {
            var _ = channel.close();
        };
    }

    /**
     * Does something if the client goes away before its answer is there.
     *
     * @param answer of which any end will do
     */
    public static void ifClosedBefore(CompletionStage<?> answer, HttpRequest<?> request, Runnable then) {
        Channel channel = of(request);
        ChannelFutureListener listener = _ -> then.run();
        var _ = channel.closeFuture().addListener(listener);
        // Or a connection that is kept would keep all of them.
        var _ = answer.whenComplete((_, _) -> channel.closeFuture().removeListener(listener));
    }
}
