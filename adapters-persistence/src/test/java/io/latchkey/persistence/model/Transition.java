package io.latchkey.persistence.model;

import java.util.List;

/** What can happen next, each with the methods that make it happen. */
enum Transition {
    /** A process begins, and reads all tokens. */
    START("io.latchkey.application.TokenRegistry#load"),
    /** A process sends a question for the newest revision. */
    ASK("io.latchkey.application.TokenRegistry#poll", "io.latchkey.application.TokenRegistry#follow"),
    /** The store answers it. */
    SEE(
            "io.latchkey.application.LedgerWatch#awaitRevision",
            "io.latchkey.persistence.sqlite.RevisionPoller#awaitRevision"),
    /** The process reads the entries that it lacks, and gives verdicts for one lease more. */
    CATCH_UP(
            "io.latchkey.application.CatchUp#step",
            "io.latchkey.application.TokenIndex#fold",
            "io.latchkey.application.TokenRegistry#seen"),
    /** A process decides a change and records it, in one transaction. */
    COMMIT(
            "io.latchkey.application.LocalAccess#make",
            "io.latchkey.domain.Change#decide",
            "io.latchkey.persistence.jdbc.JdbcTokenStore#appendAll"),
    /** It takes its own entry into its memory. */
    TAKE_IN("io.latchkey.application.TokenRegistry#follow", "io.latchkey.application.TokenIndex#fold"),
    /** It takes in the earlier entries of other processes, and answers its client. */
    ANSWER("io.latchkey.application.TokenRegistry#followOthers"),
    /** A process is killed; its client does not learn whether a change was made. */
    CRASH,
    /** Time passes, by half a lease and half a grace period. */
    TICK;

    private final String code;

    Transition(String... code) {
        this.code = String.join(" ", code);
    }

    /** {@code class#method}; empty for what no code does. */
    List<String> code() {
        return code.isEmpty() ? List.of() : List.of(code.split(" "));
    }
}
