package io.latchkey.cli.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.EncoderBase;
import io.latchkey.application.LogCounts;
import io.latchkey.cli.terminal.LogfmtFields;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log, which is written to standard error through a {@link LogQueue}.
 *
 * <p>In code, because reading a {@code logback.xml} takes longer than a command runs. Not in {@link LogFormat}, which
 * every command loads for its help and which must not load the logging framework.
 */
public final class Logging {
    /**
     * The system property with the logging provider; commands set it to one that drops everything, a server clears
     * it.
     */
    public static final String PROVIDER = "slf4j.provider";

    private Logging() {}

    private static EncoderBase<ILoggingEvent> encoder(LogFormat format) {
        return switch (format) {
            case TEXT -> {
                PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("pairs", LogfmtFields::new);
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

    /**
     * Starts logging: Latchkey's messages from INFO, and those of libraries from WARN.
     *
     * @return the queue of log lines, to be closed last
     */
    public static LogQueue use(LogFormat format, LogCounts counts) {
        System.clearProperty(PROVIDER);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        EncoderBase<ILoggingEvent> encoder = encoder(format);
        encoder.setContext(context);
        encoder.start();
        // Not System.err: other threads would wait for its lock while a slow reader blocks this one.
        LogQueue queue = new LogQueue(
                new FileOutputStream(FileDescriptor.err),
                Duration.ofSeconds(2),
                counts,
                count -> encoder.encode(lost(context, count)));
        Queued appender = new Queued(encoder, queue);
        appender.setContext(context);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        // The command itself prints in one sentence why the server cannot listen.
        context.getLogger("io.micronaut.http.server.netty.NettyHttpServer").setLevel(Level.OFF);
        // Any client can cause failed handshakes and invalid frames, as often as it likes.
        context.getLogger("io.netty.handler.ssl.ApplicationProtocolNegotiationHandler")
                .setLevel(Level.OFF);
        context.getLogger("io.netty.handler.codec.http2.Http2FrameCodec").setLevel(Level.OFF);
        context.getLogger("io.latchkey").setLevel(Level.INFO);
        return queue;
    }

    private static LoggingEvent lost(LoggerContext context, long count) {
        Logger logger = context.getLogger(Logging.class);
        return new LoggingEvent(
                Logging.class.getName(),
                logger,
                Level.WARN,
                "standard error was not read fast enough: " + count + " log lines were lost",
                null,
                null);
    }

    /** Formats events on the thread that logs, and queues them. */
    private static final class Queued extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private final EncoderBase<ILoggingEvent> encoder;
        private final LogQueue queue;

        Queued(EncoderBase<ILoggingEvent> encoder, LogQueue queue) {
            this.encoder = encoder;
            this.queue = queue;
        }

        @Override
        protected void append(ILoggingEvent event) {
            queue.add(encoder.encode(event));
        }
    }
}
