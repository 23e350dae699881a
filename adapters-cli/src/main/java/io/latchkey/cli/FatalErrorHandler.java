package io.latchkey.cli;

import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.serve.LogQueue;
import java.lang.Thread.UncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles exceptions that end a thread. An {@link Error}, such as a lack of memory, ends the process, because a
 * server without some of its threads would keep running; a service manager restarts it. Code that catches an error it
 * cannot handle passes it on with {@code Thread.currentThread().getUncaughtExceptionHandler()}.
 *
 * @param log flushed before the process ends
 */
record FatalErrorHandler(LogQueue log) implements UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FatalErrorHandler.class);

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (failure instanceof Error) {
            try {
                LOG.error("the process ends because thread {} failed", thread.getName(), failure);
                log.flush();
            } finally {
                Runtime.getRuntime().halt(ExitCode.FAILED);
            }
        }
        LOG.error("thread {} ended", thread.getName(), failure);
    }
}
