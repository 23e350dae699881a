package io.latchkey.persistence.model;

/**
 * A change that a client asks for.
 *
 * @param name of the token
 * @param other the new name of a rename; the digest that an import or a report brings; the grace period of a rotation
 * @param by who asks: {@link #OWNER}, or the digest of the secret that the client presented
 * @param holder the id of the token that had that secret when it was presented; 0 for the owner
 * @param version the version that the token must have; 0 for any
 */
record ModelChange(Kind kind, int name, int other, int by, int holder, int version) {
    /** No token: the owner of the file, the first local caller, the recovery listener or a reporter, as the kind says. */
    static final int OWNER = 0;

    /** The kinds of change, each with the class that decides it. */
    enum Kind {
        BOOTSTRAP("io.latchkey.domain.Change$CreateOperator"),
        CREATE_OPERATOR("io.latchkey.domain.Change$CreateOperator"),
        CREATE("io.latchkey.domain.Change$CreateNamed"),
        IMPORT("io.latchkey.domain.Change$Import"),
        IMPORT_WITH_KNOWN_SECRET("io.latchkey.domain.Change$Import"),
        IMPORT_WITH_KNOWN_FORMER_SECRET("io.latchkey.domain.Change$Import"),
        ROTATE("io.latchkey.domain.Rotation$Begin"),
        FINISH("io.latchkey.domain.Rotation$Finish"),
        UNDO("io.latchkey.domain.Rotation$Undo"),
        DISABLE("io.latchkey.domain.Change$Disable"),
        ENABLE("io.latchkey.domain.Change$Enable"),
        REVOKE("io.latchkey.domain.Change$Revoke"),
        RENAME("io.latchkey.domain.Change$Edit"),
        RECOVER("io.latchkey.domain.Change$RegenerateOperator"),
        REPORT_LEAK("io.latchkey.domain.Change$RevokeLeaked");

        private final String decidedBy;

        Kind(String decidedBy) {
            this.decidedBy = decidedBy;
        }

        String decidedBy() {
            return decidedBy;
        }
    }

    ModelChange(Kind kind, int name, int other) {
        this(kind, name, other, OWNER, 0, 0);
    }

    ModelChange ifVersion(int wanted) {
        return new ModelChange(kind, name, other, by, holder, wanted);
    }

    ModelChange heldBy(ModelToken token, int digest) {
        return new ModelChange(kind, name, other, digest, token.id(), version);
    }
}
