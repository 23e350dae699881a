package io.latchkey.persistence.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A state of the model.
 *
 * @param tokens as they are stored beside the ledger
 * @param crashes how many processes have ended so far
 * @param answers how many changes clients were told are done
 */
record ModelState(
        List<ModelEntry> ledger,
        List<ModelToken> tokens,
        int now,
        List<ModelProcess> processes,
        int crashes,
        int answers) {
    static ModelState initial(int processes) {
        return new ModelState(
                List.of(),
                List.of(),
                0,
                Stream.generate(() -> ModelProcess.DOWN).limit(processes).toList(),
                0,
                0);
    }

    int head() {
        return ledger.size();
    }

    ModelEntry entry(int revision) {
        return ledger.get(revision - 1);
    }

    /** The tokens that follow from the ledger up to a revision. */
    List<ModelToken> tokensAt(int revision) {
        List<ModelToken> all = List.of();
        for (ModelEntry entry : ledger.subList(0, revision)) {
            all = after(all, entry);
        }
        return all;
    }

    static List<ModelToken> after(List<ModelToken> tokens, ModelEntry entry) {
        List<ModelToken> all = new ArrayList<>(tokens.size() + 1);
        int id = entry.token();
        for (ModelToken token : tokens) {
            if (token.id() != id) {
                all.add(token);
            }
        }
        entry.after().ifPresent(all::add);
        all.sort((one, other) -> Integer.compare(one.id(), other.id()));
        return all;
    }

    int nextId() {
        return ledger.stream().mapToInt(ModelEntry::token).max().orElse(0) + 1;
    }

    /** A secret that no token has or had. */
    int freshDigest() {
        int newest = 0;
        for (ModelEntry entry : ledger) {
            newest = entry.after().stream().flatMap(ModelToken::digests).reduce(newest, Math::max);
        }
        return newest + 1;
    }

    /** What a process answers about a secret. */
    ModelVerdict verdict(ModelProcess process, int digest) {
        if (!process.up() || now >= process.leaseEnd()) {
            return ModelVerdict.STALE;
        }
        return owner(process, digest).map(token -> token.verdict(digest, now)).orElse(ModelVerdict.UNKNOWN);
    }

    /** The token that has a secret according to the entries in the memory of a process. */
    Optional<ModelToken> owner(ModelProcess process, int digest) {
        for (int revision = head(); revision > 0; revision--) {
            if (process.has(revision)) {
                ModelEntry entry = entry(revision);
                Optional<ModelToken> after = entry.after().filter(token -> token.has(digest));
                if (after.isPresent() && isNewest(process, revision, entry.token())) {
                    return after;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isNewest(ModelProcess process, int revision, int token) {
        for (int later = revision + 1; later <= head(); later++) {
            if (process.has(later) && entry(later).token() == token) {
                return false;
            }
        }
        return true;
    }

    /** What a process that has exactly the entries up to a revision answers now. */
    ModelVerdict verdictAt(int revision, int digest) {
        for (ModelToken token : tokensAt(revision)) {
            if (token.has(digest)) {
                return token.verdict(digest, now);
            }
        }
        return ModelVerdict.UNKNOWN;
    }

    ModelState with(int process, ModelProcess changed) {
        List<ModelProcess> all = new ArrayList<>(processes);
        all.set(process, changed);
        return new ModelState(ledger, tokens, now, all, crashes, answers);
    }

    ModelState with(List<ModelToken> changed) {
        return new ModelState(ledger, changed, now, processes, crashes, answers);
    }

    ModelState with(ModelEntry entry) {
        List<ModelEntry> all = new ArrayList<>(ledger.size() + 1);
        all.addAll(ledger);
        all.add(entry);
        return new ModelState(all, tokens, now, processes, crashes, answers);
    }

    ModelState told(int revision) {
        List<ModelEntry> all = new ArrayList<>(ledger);
        all.set(revision - 1, entry(revision).told());
        return new ModelState(all, tokens, now, processes, crashes, answers);
    }

    ModelState answered() {
        return new ModelState(ledger, tokens, now, processes, crashes, answers + 1);
    }

    ModelState later() {
        return new ModelState(ledger, tokens, now + 1, processes, crashes, answers);
    }

    ModelState crashed(int process) {
        ModelState next = with(process, ModelProcess.DOWN);
        return new ModelState(next.ledger, next.tokens, now, next.processes, crashes + 1, answers);
    }
}
