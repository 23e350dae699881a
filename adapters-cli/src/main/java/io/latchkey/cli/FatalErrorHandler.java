package io.latchkey.cli;

import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.serve.LogQueue;
import java.lang.Thread.UncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a thread ends because of something that nothing expected. An {@link Error}, such as a lack of memory,
 * ends the process: an authority whose threads are gone would go on without them, and whatever watches over the process
 * starts it again. Whoever catches an error that it cannot mend hands it over by
 * {@code Thread.currentThread().getUncaughtExceptionHandler()}.
 *
 * @param log where log lines go, which are written before the process ends
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
