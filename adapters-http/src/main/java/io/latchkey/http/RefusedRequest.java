package io.latchkey.http;

/** A request that the wire refuses before the domain hears of it. */
@SuppressWarnings("serial") // never serialized
final class RefusedRequest extends RuntimeException {
    private final Refusal refusal;

    RefusedRequest(Refusal refusal) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
