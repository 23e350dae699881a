package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.domain.Change;
import io.latchkey.domain.Change.Import.Identity;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Changes that are all made in one transaction, or only checked in a dry run. */
record ChangeBatch(LocalAccess access, Instant now) {
    /**
     * A change and its index in the request.
     *
     * @param place the index that a refusal reports
     */
    record Numbered(int place, Change change) {
        /**
         * The import of a token of another instance.
         *
         * @throws ChangeRefused if the history of the token is impossible
         */
        static Numbered adoption(int place, Token token, Identity identity) {
            try {
                return new Numbered(place, new Change.Import(token, identity));
            } catch (TokenFailure e) {
                throw new ChangeRefused(place, e);
            }
        }
    }

    /** Thrown at the end of a dry run, so that nothing is recorded. */
    @SuppressWarnings("serial") // never serialized
    private static final class DryRunOver extends RuntimeException {
        DryRunOver() {
            super(null, null, false, false);
        }
    }

    /** Makes the changes, or only checks them; returns the events. */
    List<TokenEvent> make(List<Numbered> changes, DryRun run) {
        if (changes.isEmpty()) {
            return List.of();
        }
        Stream<Function<Tokens, TokenEvent>> decisions =
                changes.stream().map(numbered -> tokens -> decide(numbered, tokens));
        return switch (run) {
            case NO -> {
                List<LedgerEntry> entries = access.store().appendAll(decisions.toList());
                access.registry().follow(entries);
                access.hold(entries);
                yield entries.stream().map(LedgerEntry::event).toList();
            }
            case YES -> dryRun(decisions, changes.size());
        };
    }

    /** Checks the changes: the last decision throws, which rolls the transaction back. */
    private List<TokenEvent> dryRun(Stream<Function<Tokens, TokenEvent>> decisions, int count) {
        List<TokenEvent> events = new ArrayList<>();
        Stream<Function<Tokens, TokenEvent>> recorded = decisions.map(decision -> tokens -> {
            TokenEvent event = decision.apply(tokens);
            events.add(event);
            return event;
        });
        try {
            access.store()
                    .appendAll(Stream.concat(recorded, Stream.of(_ -> {
                                throw new DryRunOver();
                            }))
                            .toList());
        } catch (DryRunOver _) {
            return events.subList(events.size() - count, events.size()); // the store may have decided twice
        }
        throw new IllegalStateException("the store has recorded a dry run");
    }

    private TokenEvent decide(Numbered numbered, Tokens tokens) {
        try {
            checkPolicy(numbered.change());
            return numbered.change().decide(tokens, access.actor(), now);
        } catch (TokenFailure e) {
            throw new ChangeRefused(numbered.place(), e);
        }
    }

    private void checkPolicy(Change change) {
        switch (change) {
            case Change.Register register
            when !register.name().equals(TokenName.OPERATOR) ->
                access.policy().check(register.lifetime().startingAt(now), now);
            case Change.Import adopt
            when !adopt.token().isOperator() ->
                access.policy().check(adopt.token().expiry(), now);
            case Change.Edit edit -> access.policy().of(edit.edit(), now);
            case Change _ -> {}
        }
    }
}
