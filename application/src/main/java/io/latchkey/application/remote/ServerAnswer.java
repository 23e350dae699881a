package io.latchkey.application.remote;

/**
 * What another authority answered, in the words of InfluxDB's command line (contract 2.4 and 2.5): the cause of the refusal
 * that it means, for scripts that look for these words.
 */
@SuppressWarnings("serial") // never serialized
public final class ServerAnswer extends RuntimeException {
    /**
     * An answer that is a refusal.
     *
     * @param reason the name of the status
     * @param text what the server says, on one line
     */
    public ServerAnswer(int status, String reason, String text) {
        super("server responded with error [" + status + " " + reason + "]: " + text, null, false, false);
    }
}
