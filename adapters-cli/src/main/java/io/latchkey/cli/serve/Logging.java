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
 * The log, which goes to standard error through a {@link LogQueue}: nobody who logs waits for whoever reads it.
 *
 * <p>Set up in code because reading a {@code logback.xml} takes longer than a command. Not in {@link LogFormat}, of which
 * every help knows, and which must not wake the logging framework.
 */
public final class Logging {
    /** The system property that names the logging provider; a command sets it to one that drops all, a server clears it. */
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
     * Makes log lines take a form from now on: Latchkey's own, and the warnings of others.
     *
     * @return where they go, to be closed as the last thing of all
     */
    public static LogQueue use(LogFormat format, LogCounts counts) {
        System.clearProperty(PROVIDER);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        EncoderBase<ILoggingEvent> encoder = encoder(format);
        encoder.setContext(context);
        encoder.start();
        // Not System.err, whose lock others would wait for while this waits for whoever reads.
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
        // Whoever starts a server is told in one sentence why it cannot listen, by the command.
        context.getLogger("io.micronaut.http.server.netty.NettyHttpServer").setLevel(Level.OFF);
        // Any stranger can fail at a handshake, as often as he likes.
        context.getLogger("io.netty.handler.ssl.ApplicationProtocolNegotiationHandler")
                .setLevel(Level.OFF);
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

    /** What makes lines of events, on the thread of whoever logs. */
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
