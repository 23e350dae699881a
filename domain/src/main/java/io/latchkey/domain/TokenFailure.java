package io.latchkey.domain;

import java.time.Instant;

/**
 * A refusal; its message is the sentence the user reads, and holds no secret. Its cause, if there is one, is what
 * another authority answered literally.
 */
@SuppressWarnings("serial") // refusals are never serialized; their names and versions are
public abstract sealed class TokenFailure extends RuntimeException {
    private final String sentence;

    private TokenFailure(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** No stack trace: a refusal is an answer, not an accident. */
    @Override
    public final synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The sentence, never null. */
    public final String sentence() {
        return sentence;
    }

    /** A value breaks a rule; the sentence says which. */
    public static final class Invalid extends TokenFailure {
        private final String field;

        public Invalid(String field, String sentence) {
            super(sentence);
            this.field = field;
        }

        /** The property that was wrong, as the wire names it. */
        public String field() {
            return field;
        }
    }

    /** The caller has no valid credential, or no longer. */
    public static final class Unauthenticated extends TokenFailure {
        public Unauthenticated() {
            super("the request was not authenticated");
        }
    }

    /** The caller is authenticated and may not do this. */
    public static final class Forbidden extends TokenFailure {
        public Forbidden() {
            super("requestor is forbidden from requested resource");
        }
    }

    /** The caller's resource token has no permission for this. */
    public static final class PermissionMissing extends TokenFailure {
        private final String permission;

        public PermissionMissing(RequiredPermission required) {
            this(required.text());
        }

        /** A permission that need not be for one resource, such as {@code tokens:*:read}. */
        public PermissionMissing(String permission) {
            super("this token needs the permission " + permission);
            this.permission = permission;
        }

        /** The permission as text. */
        public String permission() {
            return permission;
        }
    }

    /** The caller's resource token would give what it does not have, or change a token that can do more than itself. */
    public static final class NotContained extends TokenFailure {
        public NotContained(String sentence) {
            super(sentence);
        }
    }

    /** The first operator token was requested from another machine (contract A.1, row 4). */
    public static final class BootstrapRefused extends TokenFailure {
        public BootstrapRefused() {
            super("the operator token of a new instance is given only to a program on the same machine that runs as the"
                    + " server's user or root and connects directly: use `latchkey create token --admin` on the database"
                    + " file, or start the server with --admin-token-file FILE, or with --allow-remote-bootstrap");
        }
    }

    /** There is no token of that name. */
    public static final class NotFound extends TokenFailure {
        public NotFound(String name) {
            super("the requested resource was not found: " + name);
        }
    }

    /** There is no operator token to regenerate. */
    public static final class NoOperator extends TokenFailure {
        public NoOperator() {
            super("missing admin token, cannot update");
        }
    }

    /** The name belongs to another token, live or expired. */
    public static final class NameTaken extends TokenFailure {
        private final TokenName name;

        public NameTaken(TokenName name) {
            super("token name already exists, " + name);
            this.name = name;
        }

        /** The name that is taken. */
        public TokenName name() {
            return name;
        }
    }

    /** The secret belongs to another token (contract A.1, row 9). */
    public static final class SecretTaken extends TokenFailure {
        public SecretTaken() {
            super("another token already has this secret");
        }
    }

    /** The operator token is never deleted. */
    public static final class OperatorCannotBeDeleted extends TokenFailure {
        public OperatorCannotBeDeleted() {
            super("cannot delete operator token");
        }
    }

    /** The operator token is never edited. */
    public static final class OperatorCannotBeEdited extends TokenFailure {
        public OperatorCannotBeEdited() {
            super("cannot edit operator token");
        }
    }

    /** The operator token is never disabled. */
    public static final class OperatorCannotBeDisabled extends TokenFailure {
        public OperatorCannotBeDisabled() {
            super("cannot disable operator token");
        }
    }

    /** The token is not disabled, so it cannot be enabled. */
    public static final class NotDisabled extends TokenFailure {
        public NotDisabled(TokenName name) {
            super("token is not disabled: " + name);
        }
    }

    /** A rotation is under way: the token has two secrets. */
    public static final class RotationUnderWay extends TokenFailure {
        public RotationUnderWay(TokenName name, Instant until) {
            this("the previous secret of " + name + " is accepted until " + until
                    + ": finish or undo that rotation first");
        }

        /** The same failure, as another authority reported it. */
        public RotationUnderWay(String sentence) {
            super(sentence);
        }
    }

    /** No rotation is under way: the token has one secret. */
    public static final class NoRotation extends TokenFailure {
        public NoRotation(TokenName name) {
            super("no rotation is under way: " + name);
        }
    }

    /** This rotation was already done for an earlier request with the same key. */
    public static final class AlreadyRotated extends TokenFailure {
        public AlreadyRotated(TokenName name, Instant at) {
            this(name + " was already rotated with this idempotency key at " + at
                    + ", and its secret cannot be shown again: rotate again with another key");
        }

        /** The same failure, as another authority reported it. */
        public AlreadyRotated(String sentence) {
            super(sentence);
        }
    }

    /** The same event was recorded a short time ago. */
    public static final class AlreadyRecorded extends TokenFailure {
        public AlreadyRecorded() {
            super("this event is already recorded");
        }
    }

    /** The token was changed since the caller read it. */
    public static final class VersionMismatch extends TokenFailure {
        public VersionMismatch(TokenName name) {
            super("token was changed since it was read: " + name);
        }
    }

    /** The ledger is broken, so no copy is made. */
    public static final class LedgerBroken extends TokenFailure {
        public LedgerBroken() {
            super(
                    "the ledger is broken: find the entry with `latchkey verify ledger` on the machine with the database");
        }
    }

    /** A query over the tokens cannot be answered; the sentence says why. */
    public static final class BadQuery extends TokenFailure {
        public BadQuery(String sentence) {
            super(sentence);
        }
    }

    /** The database of a query does not exist. */
    public static final class NoSuchDatabase extends TokenFailure {
        public NoSuchDatabase(String name) {
            super("query error: database not found: " + name);
        }
    }
}
