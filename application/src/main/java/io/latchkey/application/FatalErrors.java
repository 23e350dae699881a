package io.latchkey.application;

/**
 * Passes errors after which this process must stop, such as a lack of memory, to the uncaught-exception handler, where
 * a framework would only log them.
 */
public final class FatalErrors {
    private FatalErrors() {}

    /** Passes a fatal cause of a failure to the handler; returns normally if there is none. */
    public static void check(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A stack overflow concerns one request only, and a client may have provoked it.
            if (cause instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                handOver(error);
            }
        }
    }

    /** Passes an error to the uncaught-exception handler of this thread. */
    public static void handOver(Error error) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
    }
}
