package io.latchkey.cli.doctor;

/** Why this process cannot listen on an address. */
public enum ListenFailure {
    TAKEN("another program listens there"),
    FORBIDDEN("permission denied; ports below 1024 usually need privileges"),
    NO_SUCH_ADDRESS("this machine has no such address"),
    OTHER("the operating system refused it");

    private final String reason;

    ListenFailure(String reason) {
        this.reason = reason;
    }

    /** Determined from the message of the innermost cause, since Java and Netty give nothing else. */
    static ListenFailure of(Throwable failure) {
        String said = words(failure);
        if (said.contains("in use")) {
            return TAKEN;
        }
        if (said.contains("Permission denied")) {
            return FORBIDDEN;
        }
        return said.contains("assign") || said.contains("nresolved") || said.contains("UnknownHost")
                ? NO_SUCH_ADDRESS
                : OTHER;
    }

    /** The reason, as half a sentence; for other failures, their own message. */
    public static String reason(Throwable failure) {
        ListenFailure kind = of(failure);
        return kind == OTHER ? words(failure) : kind.reason;
    }

    private static String words(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
