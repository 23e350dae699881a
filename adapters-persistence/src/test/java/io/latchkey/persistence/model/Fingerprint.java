package io.latchkey.persistence.model;

import java.util.TreeSet;

/**
 * 64 bits that stand for a state, without what can make no difference any more: what has ended, how long ago, and the entries
 * that every process has taken in and every verdict follows.
 */
final class Fingerprint {
    private final ModelState state;
    private long bits = 0x9E3779B97F4A7C15L;

    private Fingerprint(ModelState state) {
        this.state = state;
    }

    static long of(ModelState state) {
        return new Fingerprint(state).mixed();
    }

    private long mixed() {
        add(state.now());
        add(state.head());
        add(state.crashes());
        add((int) (state.answers()
                - state.ledger().stream().filter(ModelEntry::answered).count()));
        add(state.nextId());
        add(state.freshDigest());
        int base = state.head();
        for (int i = 0; i < state.processes().size(); i++) {
            ModelProcess process = state.processes().get(i);
            if (process.up()) {
                base = Math.min(base, Math.min(process.applied(), Rule.floor(state, i)));
            }
        }
        add(base);
        state.tokensAt(base).forEach(this::add);
        state.ledger().subList(base, state.head()).forEach(this::add);
        state.tokens().forEach(this::add);
        addHolders();
        // Two processes that have changed places make no difference, so their order makes none.
        long before = bits;
        long all = 0;
        for (int i = 0; i < state.processes().size(); i++) {
            bits = before;
            add(i, state.processes().get(i));
            all += bits;
        }
        return all;
    }

    /** Every secret with the token that had it, because clients may act with it. */
    private void addHolders() {
        TreeSet<Integer> pairs = new TreeSet<>();
        state.ledger()
                .forEach(entry -> entry.after()
                        .ifPresent(token -> token.digests().forEach(digest -> pairs.add(token.id() * 100 + digest))));
        pairs.forEach(this::add);
    }

    private void add(ModelEntry entry) {
        add(entry.revision());
        add(Math.max(-Model.LEASE, entry.at() - state.now()));
        add(entry.token());
        entry.after().ifPresentOrElse(this::add, () -> add(-7));
    }

    private void add(ModelToken token) {
        add(token.id());
        add(token.version());
        add(token.name());
        add(token.digest());
        add(token.generation());
        add(token.disabled() ? 1 : 0);
        for (ModelToken.FormerDigest one : token.former()) {
            add(one.digest());
            add(one.generation());
            add(Math.max(0, one.until() - state.now()));
        }
        add(-3);
    }

    private void add(int number, ModelProcess process) {
        add(process.up() ? 1 : 0);
        if (!process.up()) {
            return;
        }
        add(Rule.floor(state, number));
        add(process.applied());
        add(process.early());
        add(Math.max(0, process.leaseEnd() - state.now()));
        ModelProcess.Poll poll = process.poll();
        add(poll.isUnderWay() ? Math.max(-Model.LEASE, poll.asked() - state.now()) : 1);
        add(poll.known());
        add(poll.seen());
        add(process.writing().phase().name().hashCode());
        add(process.writing().revision());
        process.writing().entry().ifPresent(entry -> {
            add(entry);
            add(entry.change().hashCode());
        });
    }

    private void add(int value) {
        long mixed = (bits ^ value) * 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 29;
        mixed *= 0x94D049BB133111EBL;
        bits = mixed ^ (mixed >>> 32);
    }
}
