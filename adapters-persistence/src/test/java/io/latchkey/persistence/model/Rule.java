package io.latchkey.persistence.model;

import io.latchkey.persistence.model.ModelChange.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What holds in every state of the model. */
enum Rule {
    /** The revisions of the ledger are 1, 2, 3 and so on. */
    REVISIONS_HAVE_NO_GAP_AND_NO_FORK(state ->
            IntStream.range(0, state.head()).allMatch(i -> state.ledger().get(i).revision() == i + 1)),
    /** The tokens are those that follow from the ledger: a change writes both or neither, wherever its process ends. */
    A_CHANGE_IS_DONE_OR_NOT_DONE(state -> state.tokens().equals(state.tokensAt(state.head()))),
    /** As many entries are marked as answered as clients were told of, but for those that are being written. */
    AN_ANSWERED_CHANGE_IS_KEPT(state -> state.answers()
            <= state.ledger().stream().filter(ModelEntry::answered).count()
                    + state.processes().stream()
                            .filter(one -> one.writing().entry().isPresent())
                            .count()),
    THERE_IS_ONE_OPERATOR_AT_MOST(
            state -> state.tokens().stream().filter(ModelToken::isOperator).count() <= 1),
    A_NAME_HAS_ONE_TOKEN(state -> areDifferent(state.tokens().stream().map(ModelToken::name))),
    /** No secret, current or former, belongs to two tokens. */
    A_SECRET_HAS_ONE_TOKEN(state -> areDifferent(state.tokens().stream().flatMap(ModelToken::digests))),
    /** One secret, and another in its grace period. */
    A_TOKEN_HAS_TWO_SECRETS_AT_MOST(state ->
            state.tokens().stream().allMatch(token -> accepted(token, state.now()) <= 2)),
    /** Each version of a token is made once: nobody overwrites what they have not seen. */
    A_CONDITION_HOLDS_WHERE_ITS_CHANGE_IS_MADE(each((_, entry) -> entry.change().version() == 0
            || entry.before().orElseThrow().version() == entry.change().version())),
    ONLY_AN_EMPTY_INSTANCE_IS_BOOTSTRAPPED(
            each((before, entry) -> entry.change().kind() != Kind.BOOTSTRAP || before.isEmpty())),
    /** A change that was asked for with a secret is made only while the secret is accepted. */
    NOBODY_ACTS_WITH_AN_ENDED_SECRET(each((before, entry) -> entry.change().by() == ModelChange.OWNER
            || before.stream()
                    .anyMatch(token -> token.id() == entry.change().holder()
                            && token.has(entry.change().by())
                            && token.verdict(entry.change().by(), entry.at()) == ModelVerdict.ACCEPTED))),
    /** A former secret that was refused once is refused in every later version of its token. */
    AN_ENDED_SECRET_STAYS_ENDED(each((_, entry) -> entry.before().stream()
            .flatMap(token -> token.former().stream())
            .filter(one -> !one.isInGraceAt(entry.at()))
            .noneMatch(one -> entry.after()
                    .filter(token -> token.acceptsWhenEnabled(one.digest(), entry.at()))
                    .isPresent()))),
    /** Recovery, the end of a rotation, its undoing and a rotation without grace leave the current secret alone. */
    AN_END_LEAVES_ONE_SECRET(each((_, entry) ->
            !isEnd(entry.change()) || entry.after().stream().allMatch(token -> accepted(token, entry.at()) == 1))),
    /**
     * A verdict of a process is that of the ledger at some revision: not before the newest change that the process has
     * answered, nor before any that was committed a lease ago. So what a process has answered holds in it at once, and in
     * others within a lease.
     */
    A_VERDICT_IS_NEW_ENOUGH(verdicts((state, asked) -> {
        int floor = floor(state, asked.process());
        return IntStream.rangeClosed(floor, state.head())
                .anyMatch(revision -> state.verdictAt(revision, asked.digest()) == asked.verdict());
    })),
    /** No process accepts a secret of a token that is disabled as far as the process knows. */
    A_DISABLED_TOKEN_IS_NEVER_ACCEPTED(verdicts((state, asked) -> asked.verdict() != ModelVerdict.ACCEPTED
            || state.owner(state.processes().get(asked.process()), asked.digest())
                    .filter(ModelToken::disabled)
                    .isEmpty()));

    @SuppressWarnings("ImmutableEnumChecker") // a function of its arguments alone
    private final BiPredicate<Model, ModelState> holds;

    Rule(Predicate<ModelState> holds) {
        this((_, state) -> holds.test(state));
    }

    Rule(BiPredicate<Model, ModelState> holds) {
        this.holds = holds;
    }

    boolean holds(Model model, ModelState state) {
        return holds.test(model, state);
    }

    /** Whether it can hold before a step and not after it. */
    boolean isAbout(ModelState before, ModelState after) {
        return switch (this) {
            case A_VERDICT_IS_NEW_ENOUGH, A_DISABLED_TOKEN_IS_NEVER_ACCEPTED, AN_ANSWERED_CHANGE_IS_KEPT -> true;
            case REVISIONS_HAVE_NO_GAP_AND_NO_FORK,
                    A_CHANGE_IS_DONE_OR_NOT_DONE,
                    THERE_IS_ONE_OPERATOR_AT_MOST,
                    A_NAME_HAS_ONE_TOKEN,
                    A_SECRET_HAS_ONE_TOKEN,
                    A_TOKEN_HAS_TWO_SECRETS_AT_MOST,
                    A_CONDITION_HOLDS_WHERE_ITS_CHANGE_IS_MADE,
                    ONLY_AN_EMPTY_INSTANCE_IS_BOOTSTRAPPED,
                    NOBODY_ACTS_WITH_AN_ENDED_SECRET,
                    AN_ENDED_SECRET_STAYS_ENDED,
                    AN_END_LEAVES_ONE_SECRET ->
                before.head() != after.head() || !before.tokens().equals(after.tokens());
        };
    }

    /** A verdict of a process. */
    private record Asked(int process, int digest, ModelVerdict verdict) {}

    private static Predicate<ModelState> each(BiPredicate<List<ModelToken>, ModelEntry> rule) {
        // Those before the newest entry were checked when they were the newest.
        return state -> state.head() == 0 || rule.test(state.tokensAt(state.head() - 1), state.entry(state.head()));
    }

    private static BiPredicate<Model, ModelState> verdicts(BiPredicate<ModelState, Asked> rule) {
        return (model, state) -> {
            int digests = state.freshDigest();
            for (int i = 0; i < state.processes().size(); i++) {
                for (int digest = 1; digest <= digests; digest++) {
                    ModelVerdict verdict = model.verdict(state, i, digest);
                    if (verdict != ModelVerdict.STALE && !rule.test(state, new Asked(i, digest, verdict))) {
                        return false;
                    }
                }
            }
            return true;
        };
    }

    /** The oldest revision of which a verdict of a process may be. */
    static int floor(ModelState state, int process) {
        int floor = 0;
        for (int revision = 1; revision <= state.head(); revision++) {
            ModelEntry entry = state.entry(revision);
            if ((entry.answered() && entry.writer() == process) || entry.at() <= state.now() - Model.LEASE) {
                floor = revision;
            }
        }
        return floor;
    }

    private static boolean isEnd(ModelChange change) {
        return switch (change.kind()) {
            case RECOVER, FINISH, UNDO -> true;
            case ROTATE -> change.other() == 0;
            case BOOTSTRAP,
                    CREATE_OPERATOR,
                    CREATE,
                    IMPORT,
                    IMPORT_WITH_KNOWN_SECRET,
                    IMPORT_WITH_KNOWN_FORMER_SECRET,
                    DISABLE,
                    ENABLE,
                    REVOKE,
                    RENAME,
                    REPORT_LEAK -> false;
        };
    }

    private static long accepted(ModelToken token, int now) {
        return token.digests()
                .filter(digest -> token.acceptsWhenEnabled(digest, now))
                .count();
    }

    private static boolean areDifferent(Stream<Integer> values) {
        List<Integer> all = values.filter(Objects::nonNull).toList();
        return Set.copyOf(all).size() == all.size();
    }
}
