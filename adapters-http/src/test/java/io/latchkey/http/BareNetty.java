package io.latchkey.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Verdict;
import io.latchkey.http.security.Credential;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * The baseline of the benchmarks: Netty, with the version and transport of the server, and nothing else. Gives a
 * constant response; with {@code verify} it does only what a verdict needs: the same digest and look-up, and the same
 * header fields with constant values. Prints its only valid secret.
 */
public final class BareNetty {
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final Map<AsciiString, AsciiString> IDENTITY = Map.of(
            AsciiString.cached("X-Token-Id"), AsciiString.cached("0"),
            AsciiString.cached("X-Token-Name"), AsciiString.cached("_admin"),
            AsciiString.cached("X-Token-Kind"), AsciiString.cached("operator"),
            AsciiString.cached("X-Token-Expires"), AsciiString.EMPTY_STRING,
            AsciiString.cached("Date"), AsciiString.cached("Thu, 01 Jan 1970 00:00:00 GMT"),
            AsciiString.cached("Cache-Control"), AsciiString.cached("no-store"));

    private BareNetty() {}

    @SuppressWarnings("SystemOut") // the benchmark reads the secret
    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        var authority = new TokenAuthority(new InMemoryTokenStore(), InstantSource.system(), new SecureRandom());
        authority.start();
        String secret = authority
                .actingAs(new Actor.LocalBootstrap())
                .tokens()
                .createOperator()
                .secret()
                .reveal();
        boolean verifies = args.length > 1 && args[1].equals("verify");
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> channel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        var listening = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(io))
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection.pipeline().addLast(new HttpServerCodec(), new Answering(authority, verifies));
                    }
                })
                .bind("127.0.0.1", port)
                .sync();
        new PrintStream(System.out, true, UTF_8).println(secret);
        listening.channel().closeFuture().sync();
    }

    private static final class Answering extends SimpleChannelInboundHandler<HttpObject> {
        private final TokenAuthority authority;
        private final boolean verifies;

        Answering(TokenAuthority authority, boolean verifies) {
            this.authority = authority;
            this.verifies = verifies;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpRequest request) {
                FullHttpResponse answer = verifies ? verdict(request) : answer(HttpResponseStatus.NO_CONTENT);
                boolean last = !HttpUtil.isKeepAlive(request);
                if (last) {
                    answer.headers().set(CONNECTION, "close");
                }
                var written = context.write(answer);
                if (last) {
                    written.addListener(ChannelFutureListener.CLOSE);
                }
            }
        }

        private FullHttpResponse verdict(HttpRequest request) {
            Credential credential = Credential.parse(request.headers().get("Authorization"));
            if (!(credential instanceof Credential.Presented(var secret)
                    && authority.authenticate(secret) instanceof Verdict.Accepted)) {
                return answer(HttpResponseStatus.UNAUTHORIZED);
            }
            FullHttpResponse answer = answer(HttpResponseStatus.NO_CONTENT);
            IDENTITY.forEach((name, value) -> answer.headers().add(name, value));
            return answer;
        }

        private static FullHttpResponse answer(HttpResponseStatus status) {
            return new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    status,
                    Unpooled.EMPTY_BUFFER,
                    HEADERS.newHeaders(),
                    EmptyHttpHeaders.INSTANCE);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
