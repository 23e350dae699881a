package io.latchkey.http.wire;

/** A request that the wire refuses before the domain hears of it. */
public @SuppressWarnings("serial") // never serialized
final class ProblemException extends RuntimeException {
    private final Problem refusal;

    public ProblemException(Problem refusal) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    public Problem refusal() {
        return refusal;
    }
}
