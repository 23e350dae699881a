package io.latchkey.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import org.slf4j.LoggerFactory;

/**
 * The log, which goes to standard error.
 *
 * <p>Set up in code because reading a {@code logback.xml} takes longer than a command. Not in {@link LogFormat}, of which
 * every help knows, and which must not wake the logging framework.
 */
final class Logging {
    private Logging() {}

    private static EncoderBase<ILoggingEvent> encoder(LogFormat format) {
        return switch (format) {
            case TEXT -> {
                PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("pairs", QuotedPairs::new);
                PatternLayoutEncoder encoder = new PatternLayoutEncoder();
                encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %logger{0}: %msg %pairs%n");
                yield encoder;
            }
            case JSON -> {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setWithSequenceNumber(false);
                encoder.setWithNanoseconds(false);
                encoder.setWithContext(false);
                encoder.setWithMarkers(false);
                encoder.setWithMDC(false);
                encoder.setWithMessage(false);
                encoder.setWithArguments(false);
                encoder.setWithFormattedMessage(true);
                yield encoder;
            }
        };
    }

    /** Makes log lines take a form from now on: Latchkey's own, and the warnings of others. */
    static void use(LogFormat format) {
        System.clearProperty(Main.LOGGING);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        EncoderBase<ILoggingEvent> encoder = encoder(format);
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        // Whoever starts a server is told in one sentence why it cannot listen, by the command.
        context.getLogger("io.micronaut.http.server.netty.NettyHttpServer").setLevel(Level.OFF);
        // Any stranger can fail at a handshake, as often as he likes.
        context.getLogger("io.netty.handler.ssl.ApplicationProtocolNegotiationHandler")
                .setLevel(Level.OFF);
        context.getLogger("io.latchkey").setLevel(Level.INFO);
    }
}
