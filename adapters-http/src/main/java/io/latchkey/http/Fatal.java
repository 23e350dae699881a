package io.latchkey.http;

/** Errors after which nobody should rely on this process any more, where a framework would catch and log them. */
final class Fatal {
    private Fatal() {}

    /** Hands over what ends the process to whatever decides of that; returns if it is nothing of the kind. */
    static void check(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A stack that overflows is that of one request, which a stranger may have chosen.
            if (cause instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                handOver(error);
            }
        }
    }

    /** Hands over an error. */
    static void handOver(Error error) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
    }
}
