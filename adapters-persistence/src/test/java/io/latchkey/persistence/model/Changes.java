package io.latchkey.persistence.model;

import io.latchkey.persistence.model.ModelChange.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All changes that clients may ask for in a state. */
final class Changes {
    private final Bounds bounds;
    private final ModelState state;
    private final List<ModelChange> all = new ArrayList<>();

    private Changes(Bounds bounds, ModelState state) {
        this.bounds = bounds;
        this.state = state;
    }

    static List<ModelChange> in(ModelState state, Bounds bounds) {
        Changes changes = new Changes(bounds, state);
        for (Kind kind : Kind.values()) {
            if (bounds.kinds().contains(kind)) {
                changes.add(kind);
            }
        }
        return changes.all;
    }

    private void add(Kind kind) {
        switch (kind) {
            case BOOTSTRAP, CREATE_OPERATOR, RECOVER -> all.add(new ModelChange(kind, ModelToken.OPERATOR, 0));
            case CREATE -> names(1).forEach(name -> all.add(new ModelChange(kind, name, 0)));
            case IMPORT -> names(0).forEach(name -> all.add(new ModelChange(kind, name, 0)));
            case IMPORT_WITH_KNOWN_SECRET, IMPORT_WITH_KNOWN_FORMER_SECRET ->
                names(1).forEach(name -> digests().forEach(digest -> all.add(new ModelChange(kind, name, digest))));
            case REPORT_LEAK ->
                digests().forEach(digest -> all.add(new ModelChange(kind, ModelToken.OPERATOR, digest)));
            case ROTATE ->
                names(0).forEach(name -> Stream.of(0, Decisions.GRACE)
                        .forEach(grace -> withVariants(new ModelChange(kind, name, grace))));
            case RENAME ->
                names(0).forEach(name -> names(1).forEach(other -> withVariants(new ModelChange(kind, name, other))));
            case FINISH, UNDO, DISABLE, ENABLE, REVOKE ->
                names(0).forEach(name -> withVariants(new ModelChange(kind, name, 0)));
        }
    }

    private void withVariants(ModelChange change) {
        all.add(change);
        Optional<ModelToken> named = state.tokens().stream()
                .filter(token -> token.name() == change.name())
                .findFirst();
        if (bounds.conditions()) {
            named.ifPresent(token -> {
                all.add(change.ifVersion(token.version()));
                if (token.version() > 1) {
                    all.add(change.ifVersion(token.version() - 1));
                }
            });
        }
        if (bounds.holders() && change.name() != ModelToken.OPERATOR) {
            holders()
                    .forEach(token -> token.digests().forEach(digest -> {
                        ModelChange held = change.heldBy(token, digest);
                        if (!all.contains(held)) {
                            all.add(held);
                        }
                    }));
        }
    }

    /** All tokens in all the forms that they ever had: a client may have been let in with any of them. */
    private Stream<ModelToken> holders() {
        return state.ledger().stream().flatMap(entry -> entry.after().stream());
    }

    private Set<Integer> digests() {
        Set<Integer> known = new LinkedHashSet<>();
        holders().flatMap(ModelToken::digests).forEach(known::add);
        return known;
    }

    private Stream<Integer> names(int from) {
        return Stream.iterate(from, name -> name < bounds.names(), name -> name + 1);
    }
}
