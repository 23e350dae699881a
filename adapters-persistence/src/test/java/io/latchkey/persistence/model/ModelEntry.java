package io.latchkey.persistence.model;

import java.util.Optional;

/**
 * An entry of the ledger of the model.
 *
 * @param revision as its writer numbered it
 * @param at the time of its commit
 * @param writer the process that wrote it
 * @param answered whether that process has told the client
 */
record ModelEntry(
        int revision,
        int at,
        ModelChange change,
        Optional<ModelToken> before,
        Optional<ModelToken> after,
        int writer,
        boolean answered) {
    int token() {
        return after.or(() -> before).orElseThrow().id();
    }

    ModelEntry told() {
        return new ModelEntry(revision, at, change, before, after, writer, true);
    }
}
