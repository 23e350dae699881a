package io.latchkey.application.remote;

/**
 * An error response of another authority, in the words of InfluxDB's command line (contract 2.4 and 2.5), on which
 * scripts rely.
 */
@SuppressWarnings("serial") // never serialized
public final class ServerAnswer extends RuntimeException {
    /**
     * An error response.
     *
     * @param reason reason phrase of the status
     * @param text the server's message, on one line
     */
    public ServerAnswer(int status, String reason, String text) {
        super("server responded with error [" + status + " " + reason + "]: " + text, null, false, false);
    }
}
