package io.latchkey.persistence.model;

import static io.latchkey.persistence.model.ModelChange.OWNER;

import io.latchkey.persistence.model.Decision.Done;
import io.latchkey.persistence.model.Decision.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a change is decided on the tokens of one transaction, in the order in which {@code Change.decide} checks. */
record Decisions(Set<Fault> faults) {
    /** How long the old secret is accepted after a rotation with a grace period. */
    static final int GRACE = 2;

    Decision decide(ModelState state, List<ModelToken> tokens, ModelChange change) {
        int now = state.now();
        int fresh = state.freshDigest();
        Optional<ModelToken> named = named(tokens, change.name());
        if (change.by() != OWNER
                && !has(Fault.HOLDER_IS_NOT_CHECKED_IN_THE_TRANSACTION)
                && !isLive(tokens, change, now)) {
            return new Refused("Unauthenticated");
        }
        return switch (change.kind()) {
            case BOOTSTRAP -> {
                if (named.isPresent()) {
                    yield new Refused("NameTaken");
                }
                yield tokens.isEmpty() || has(Fault.BOOTSTRAP_IS_ALWAYS_ALLOWED)
                        ? issued(ModelToken.first(state.nextId(), change.name(), fresh))
                        : new Refused("Unauthenticated");
            }
            case CREATE_OPERATOR, CREATE, IMPORT -> {
                boolean blind = change.kind() == ModelChange.Kind.CREATE_OPERATOR
                        && has(Fault.OPERATOR_IS_CREATED_WITHOUT_LOOKING);
                yield named.isPresent() && !blind
                        ? new Refused("NameTaken")
                        : issued(ModelToken.first(state.nextId(), change.name(), fresh));
            }
            case IMPORT_WITH_KNOWN_SECRET ->
                imported(tokens, named, change, ModelToken.first(state.nextId(), change.name(), change.other()));
            case IMPORT_WITH_KNOWN_FORMER_SECRET ->
                imported(
                        tokens,
                        named,
                        change,
                        new ModelToken(
                                state.nextId(),
                                1,
                                change.name(),
                                fresh,
                                2,
                                List.of(new ModelToken.FormerDigest(1, change.other(), now + GRACE)),
                                false));
            case RECOVER ->
                named.<Decision>map(token -> changed(
                                token,
                                has(Fault.RECOVERY_KEEPS_THE_OLD_SECRET)
                                        ? token.rotated(fresh, now + GRACE)
                                        : token.rotated(fresh, 0)))
                        .orElse(new Refused("NoOperator"));
            case REPORT_LEAK -> reported(tokens, change.other(), now);
            case ROTATE, FINISH, UNDO, DISABLE, ENABLE, REVOKE, RENAME -> ofExisting(tokens, named, change, now, fresh);
        };
    }

    private Decision ofExisting(
            List<ModelToken> tokens, Optional<ModelToken> named, ModelChange change, int now, int fresh) {
        boolean ofOperator = change.name() == ModelToken.OPERATOR;
        Optional<String> spared = switch (change.kind()) {
            case DISABLE -> Optional.of("OperatorCannotBeDisabled");
            case ENABLE -> Optional.of("NotDisabled");
            case REVOKE -> Optional.of("OperatorCannotBeDeleted");
            case RENAME -> Optional.of("OperatorCannotBeEdited");
            case BOOTSTRAP,
                    CREATE_OPERATOR,
                    CREATE,
                    IMPORT,
                    IMPORT_WITH_KNOWN_SECRET,
                    IMPORT_WITH_KNOWN_FORMER_SECRET,
                    ROTATE,
                    FINISH,
                    UNDO,
                    RECOVER,
                    REPORT_LEAK -> Optional.empty();
        };
        if (ofOperator && spared.isPresent()) {
            return new Refused(spared.get());
        }
        if (named.isEmpty()) {
            return new Refused(ofOperator ? "NoOperator" : "NotFound");
        }
        ModelToken token = named.get();
        if (change.version() != 0 && change.version() != token.version() && !has(Fault.PRECONDITION_IS_NOT_CHECKED)) {
            return new Refused("VersionMismatch");
        }
        return switch (change.kind()) {
            case ROTATE -> rotated(token, change.other(), now, fresh);
            case FINISH ->
                token.predecessor(now).isEmpty()
                        ? new Refused("NoRotation")
                        : changed(
                                token,
                                has(Fault.FINISH_ENDS_NOTHING) ? token.resting(token.disabled()) : token.finished());
            case UNDO ->
                predecessor(token, now)
                        .<Decision>map(one -> changed(token, token.undone(one)))
                        .orElse(new Refused("NoRotation"));
            case DISABLE -> changed(token, token.resting(true));
            case ENABLE -> token.disabled() ? changed(token, token.resting(false)) : new Refused("NotDisabled");
            case REVOKE -> new Done(named, Optional.empty());
            case RENAME ->
                change.other() != change.name()
                                && named(tokens, change.other()).isPresent()
                                && !has(Fault.NEW_NAME_IS_NOT_CHECKED)
                        ? new Refused("NameTaken")
                        : changed(token, token.called(change.other()));
            case BOOTSTRAP,
                    CREATE_OPERATOR,
                    CREATE,
                    IMPORT,
                    IMPORT_WITH_KNOWN_SECRET,
                    IMPORT_WITH_KNOWN_FORMER_SECRET,
                    RECOVER,
                    REPORT_LEAK -> throw new IllegalStateException(change.toString());
        };
    }

    private Decision rotated(ModelToken token, int grace, int now, int fresh) {
        if (has(Fault.SECOND_ROTATION_KEEPS_OLDER_GRACE)) {
            ModelToken next = token.rotated(fresh, grace == 0 ? 0 : now + grace);
            List<ModelToken.FormerDigest> kept = new ArrayList<>(token.former());
            kept.addFirst(next.former().getFirst());
            return changed(
                    token,
                    new ModelToken(
                            next.id(), next.version(), next.name(), fresh, next.generation(), kept, next.disabled()));
        }
        return token.predecessor(now).isPresent()
                ? new Refused("RotationUnderWay")
                : changed(token, token.rotated(fresh, grace == 0 ? 0 : now + grace));
    }

    private Optional<ModelToken.FormerDigest> predecessor(ModelToken token, int now) {
        return has(Fault.UNDO_TAKES_AN_ENDED_SECRET) ? token.former().stream().findFirst() : token.predecessor(now);
    }

    private Decision imported(
            List<ModelToken> tokens, Optional<ModelToken> named, ModelChange change, ModelToken brought) {
        if (named.isPresent()) {
            return new Refused("NameTaken");
        }
        boolean taken = tokens.stream()
                .anyMatch(token -> has(Fault.FORMER_SECRETS_MAY_BE_IMPORTED_AGAIN)
                        ? token.digest() == change.other()
                        : token.has(change.other()));
        return taken ? new Refused("SecretTaken") : issued(brought);
    }

    private static Decision reported(List<ModelToken> tokens, int digest, int now) {
        for (ModelToken token : tokens) {
            if (token.acceptsWhenEnabled(digest, now)) {
                if (token.isOperator()) {
                    return changed(token, token);
                }
                return token.digest() == digest
                        ? new Done(Optional.of(token), Optional.empty())
                        : changed(token, token.finished());
            }
        }
        return new Refused("NotFound");
    }

    private static boolean isLive(List<ModelToken> tokens, ModelChange change, int now) {
        return tokens.stream()
                .anyMatch(token -> token.id() == change.holder()
                        && token.has(change.by())
                        && token.verdict(change.by(), now) == ModelVerdict.ACCEPTED);
    }

    private static Optional<ModelToken> named(List<ModelToken> tokens, int name) {
        return tokens.stream().filter(token -> token.name() == name).findFirst();
    }

    private static Decision issued(ModelToken token) {
        return new Done(Optional.empty(), Optional.of(token));
    }

    private static Decision changed(ModelToken before, ModelToken after) {
        return new Done(Optional.of(before), Optional.of(after));
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }
}
