package io.latchkey.application.transfer;

import io.latchkey.domain.TokenFailure;

/** One of several changes was refused, and so none of them was made. */
@SuppressWarnings("serial") // never serialized
public final class ChangeRefused extends RuntimeException {
    private final int index;
    private final TokenFailure failure;

    /** The refusal of the change at a place, counted from 0. */
    public ChangeRefused(int index, TokenFailure failure) {
        super(failure.sentence(), failure);
        this.index = index;
        this.failure = failure;
    }

    /** Which one, counted from 0. */
    public int index() {
        return index;
    }

    /** Why. */
    public TokenFailure failure() {
        return failure;
    }
}
