package io.latchkey.persistence.model;

import java.util.Optional;

/**
 * A process of the model, with the tokens in its memory.
 *
 * @param applied the revision up to which all entries are in its memory
 * @param early a bit for each later entry that is, because the process wrote it
 * @param leaseEnd the time from which it gives no verdicts
 * @param poll the question for new entries that is under way
 * @param writing the change that is under way
 */
record ModelProcess(boolean up, int applied, int early, int leaseEnd, Poll poll, Writing writing) {
    static final ModelProcess DOWN = new ModelProcess(false, 0, 0, 0, Poll.NONE, Writing.NONE);

    /**
     * @param asked when the question was sent; -1 if there is none
     * @param known the newest revision in memory then
     * @param seen the answer; -1 before it
     */
    record Poll(int asked, int known, int seen) {
        static final Poll NONE = new Poll(-1, 0, -1);

        boolean isUnderWay() {
            return asked >= 0;
        }
    }

    /** How far a change is. */
    enum Phase {
        NOTHING,
        /** Only in a faulty model. */
        DECIDED,
        /** Only in a faulty model: the tokens are written, the entry is not. */
        HALF,
        COMMITTED,
        TAKEN_IN
    }

    /**
     * @param revision of the entry
     * @param entry what was decided before the transaction, in a faulty model
     */
    record Writing(Phase phase, int revision, Optional<ModelEntry> entry) {
        static final Writing NONE = new Writing(Phase.NOTHING, 0, Optional.empty());

        static Writing of(Phase phase, int revision) {
            return new Writing(phase, revision, Optional.empty());
        }
    }

    boolean has(int revision) {
        return revision <= applied || (early & (1 << revision)) != 0;
    }

    /** The newest entry in its memory, whether it has all before that or not. */
    int newest() {
        return early == 0 ? applied : 31 - Integer.numberOfLeadingZeros(early);
    }

    /** Takes an entry into memory, as {@code TokenIndex.fold} does. */
    ModelProcess fold(int revision) {
        if (revision <= applied) {
            return this;
        }
        return revision == applied + 1
                ? upTo(revision)
                : new ModelProcess(up, applied, early | (1 << revision), leaseEnd, poll, writing);
    }

    ModelProcess upTo(int revision) {
        return new ModelProcess(up, revision, early & (-1 << (revision + 1)), leaseEnd, poll, writing);
    }

    ModelProcess leased(int end) {
        return new ModelProcess(up, applied, early, end, poll, writing);
    }

    ModelProcess with(Poll other) {
        return new ModelProcess(up, applied, early, leaseEnd, other, writing);
    }

    ModelProcess with(Writing other) {
        return new ModelProcess(up, applied, early, leaseEnd, poll, other);
    }
}
