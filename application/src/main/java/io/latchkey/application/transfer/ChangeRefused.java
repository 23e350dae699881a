package io.latchkey.application.transfer;

import io.latchkey.domain.TokenFailure;

/** One change of a batch was refused, so no change was made. */
@SuppressWarnings("serial") // never serialized
public final class ChangeRefused extends RuntimeException {
    private final int index;
    private final TokenFailure failure;

    /** The change with an index, counted from 0, was refused. */
    public ChangeRefused(int index, TokenFailure failure) {
        super(failure.sentence(), failure);
        this.index = index;
        this.failure = failure;
    }

    /** The index of the refused change, counted from 0. */
    public int index() {
        return index;
    }

    /** The reason. */
    public TokenFailure failure() {
        return failure;
    }
}
