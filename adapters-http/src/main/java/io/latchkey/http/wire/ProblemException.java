package io.latchkey.http.wire;

/** The adapter rejects a request before it reaches the application. */
public @SuppressWarnings("serial") // never serialized
final class ProblemException extends RuntimeException {
    private final Problem refusal;

    public ProblemException(Problem refusal) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    /** With the failure that caused it. */
    public ProblemException(Problem refusal, Exception cause) {
        super(refusal.sentence(), cause, false, false);
        this.refusal = refusal;
    }

    /** The response to send. */
    public Problem refusal() {
        return refusal;
    }
}
