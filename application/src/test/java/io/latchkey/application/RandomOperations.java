package io.latchkey.application;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.transfer.DryRun;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Random operations on an authority, each compared with what a plain map says should come of it. */
final class RandomOperations {
    private static final int NAMES = 20;
    private static final String OPERATOR = "_admin";

    /** What a token should be; the former secret is the one that was replaced last, if it may still be accepted. */
    private record Entry(
            long id,
            String secret,
            String description,
            Optional<Instant> end,
            Optional<Former> former,
            boolean disabled) {
        Entry with(String newSecret, Optional<Former> newFormer) {
            return new Entry(id, newSecret, description, end, newFormer, disabled);
        }

        Entry resting(boolean rests) {
            return new Entry(id, secret, description, end, former, rests);
        }
    }

    private record Former(String secret, Instant until) {}

    // Retired secrets are presented by the hundred, and each would be a line in the log.
    private static final Logger ALARMS = Logger.getLogger(ReuseDetector.class.getName());

    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final TokenStore store;
    private final TokenAuthority authority;
    private final Map<String, Entry> model = new HashMap<>();
    private final List<String> secrets = new ArrayList<>();
    private long issued;

    RandomOperations(TokenStore store, long seed) {
        this.random = new Random(seed);
        this.store = store;
        this.authority = new ManualTicker().authority(store, clock);
    }

    void run(int operations) {
        ALARMS.setLevel(Level.OFF);
        authority.start();
        try (authority) {
            for (int i = 0; i < operations; i++) {
                step();
                if (i % 50 == 0) {
                    compare();
                    moveTo(new InMemoryTokenStore(), UnaryOperator.identity());
                }
            }
            compare();
        }
    }

    /** Another instance takes over all tokens, each after a journey, and they are there what they were here. */
    void moveTo(TokenStore elsewhere, UnaryOperator<Token> journey) {
        List<Token> all = store.snapshot().tokens();
        try (TokenAuthority other = new ManualTicker().authority(elsewhere, clock)) {
            other.start();
            other.actingAs(new Actor.FileOwner())
                    .transfer()
                    .importTokens(all.stream().map(journey).toList(), DryRun.NO);
        }
        assertThat(elsewhere.snapshot().tokens()).isEqualTo(all);
    }

    private void step() {
        clock.advance(Duration.ofMillis(random.nextInt(400)));
        // The owner, or the holder of any secret ever issued, valid or not.
        Optional<String> secret =
                secrets.isEmpty() || random.nextInt(3) == 0 ? Optional.empty() : Optional.of(any(secrets));
        String name = random.nextInt(15) == 0 ? OPERATOR : "n" + random.nextInt(NAMES);
        switch (random.nextInt(16)) {
            case 0 -> createOperator(secret);
            case 1, 2, 3, 4 -> createNamed(secret, "n" + random.nextInt(NAMES));
            case 5 -> regenerate(secret);
            case 6, 7 -> edit(secret, name, "n" + random.nextInt(NAMES));
            case 8, 9 -> rotate(secret, name);
            case 10 -> finish(secret, name);
            case 11 -> undo(secret, name);
            case 12 -> disable(secret, name);
            case 13 -> enable(secret, name);
            default -> revoke(secret, name);
        }
    }

    private void createOperator(Optional<String> secret) {
        String expected = expected(secret, model.containsKey(OPERATOR) ? "NameTaken" : "done");
        IssuedToken[] token = new IssuedToken[1];
        String outcome = outcome(() -> token[0] = as(secret).tokens().createOperator());
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            remember(token[0], "");
        }
    }

    private void createNamed(Optional<String> secret, String name) {
        Lifetime lifetime = lifetime();
        String description = "d" + random.nextInt();
        String expected = expected(secret, model.containsKey(name) ? "NameTaken" : "done");
        IssuedToken[] token = new IssuedToken[1];
        String outcome = outcome(() -> token[0] =
                as(secret).tokens().createNamed(new TokenName(name), lifetime, new Description(description)));
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            assertThat(token[0].expiry()).isEqualTo(lifetime.startingAt(clock.instant()));
            remember(token[0], description);
        }
    }

    private void regenerate(Optional<String> secret) {
        boolean named = secret.isPresent() && !isOperators(secret.get());
        String allowed = model.containsKey(OPERATOR) ? "done" : "NoOperator";
        String expected = expected(secret, named ? "Forbidden" : allowed);
        IssuedToken[] token = new IssuedToken[1];
        String outcome = outcome(() -> token[0] = as(secret).tokens().regenerateOperator());
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            remember(token[0], "");
        }
    }

    private void edit(Optional<String> secret, String name, String newName) {
        Lifetime lifetime = lifetime();
        String taken = model.containsKey(newName) && !newName.equals(name) ? "NameTaken" : "done";
        String expected = expected(secret, touching(secret, name, "OperatorCannotBeEdited", taken));
        var edit = new TokenEdit(Optional.of(new TokenName(newName)), Optional.empty(), Optional.of(lifetime));
        String outcome = outcome(() -> as(secret).tokens().edit(new TokenName(name), edit, Precondition.NONE));
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            Entry was = requireNonNull(model.remove(name));
            model.put(
                    newName,
                    new Entry(
                            was.id(),
                            was.secret(),
                            was.description(),
                            lifetime.startingAt(clock.instant()).end(),
                            was.former()
                                    .map(former -> new Former(
                                            former.secret(),
                                            earlier(
                                                    former.until(),
                                                    lifetime.startingAt(clock.instant())
                                                            .end()))),
                            was.disabled()));
        }
    }

    private void rotate(Optional<String> secret, String name) {
        Duration grace = Duration.ofMillis(random.nextInt(4) * 3_000L);
        String ifThere = hasTwo(name) ? "RotationUnderWay" : "done";
        String expected = expected(secret, replacing(secret, name, ifThere));
        RotatedToken[] token = new RotatedToken[1];
        String outcome = outcome(() -> token[0] = as(secret)
                .tokens()
                .rotate(new TokenName(name), new GracePeriod(grace), Optional.empty(), Precondition.NONE));
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            Entry was = requireNonNull(model.get(name));
            Instant until = earlier(clock.instant().plus(grace), was.end());
            String fresh = token[0].secret().reveal();
            secrets.add(fresh);
            model.put(name, was.with(fresh, Optional.of(new Former(was.secret(), until))));
        }
    }

    private void finish(Optional<String> secret, String name) {
        String expected = expected(secret, replacing(secret, name, hasTwo(name) ? "done" : "NoRotation"));
        String outcome = outcome(() -> as(secret).tokens().finishRotation(new TokenName(name), Precondition.NONE));
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            Entry was = requireNonNull(model.get(name));
            model.put(name, was.with(was.secret(), Optional.empty()));
        }
    }

    private void undo(Optional<String> secret, String name) {
        String expected = expected(secret, replacing(secret, name, hasTwo(name) ? "done" : "NoRotation"));
        String outcome = outcome(() -> as(secret).tokens().undoRotation(new TokenName(name), Precondition.NONE));
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            Entry was = requireNonNull(model.get(name));
            model.put(name, was.with(was.former().orElseThrow().secret(), Optional.empty()));
        }
    }

    private void disable(Optional<String> secret, String name) {
        String expected = expected(secret, touching(secret, name, "OperatorCannotBeDisabled", "done"));
        String outcome =
                outcome(() -> as(secret).tokens().disable(new TokenName(name), Reason.NONE, Precondition.NONE));
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            model.put(name, requireNonNull(model.get(name)).resting(true));
        }
    }

    private void enable(Optional<String> secret, String name) {
        Entry entry = model.get(name);
        String ifThere = entry != null && entry.disabled() ? "done" : "NotDisabled";
        String expected = expected(secret, touching(secret, name, "NotDisabled", ifThere));
        String outcome = outcome(() -> as(secret).tokens().enable(new TokenName(name), Precondition.NONE));
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            model.put(name, requireNonNull(entry).resting(false));
        }
    }

    private boolean hasTwo(String name) {
        return Optional.ofNullable(model.get(name)).flatMap(this::former).isPresent();
    }

    /** The secret before, while it is accepted. */
    private Optional<String> former(Entry entry) {
        return entry.former()
                .filter(former -> clock.instant().isBefore(former.until()))
                .map(Former::secret);
    }

    private static Instant earlier(Instant one, Optional<Instant> other) {
        return other.filter(end -> end.isBefore(one)).orElse(one);
    }

    private String replacing(Optional<String> secret, String name, String otherwise) {
        if (name.equals(OPERATOR)) {
            boolean allowed = secret.isEmpty() || isOperators(secret.get());
            String ifThere = model.containsKey(OPERATOR) ? otherwise : "NoOperator";
            return allowed ? ifThere : "Forbidden";
        }
        return model.containsKey(name) ? otherwise : "NotFound";
    }

    private void revoke(Optional<String> secret, String name) {
        String expected = expected(secret, touching(secret, name, "OperatorCannotBeDeleted", "done"));
        String outcome = outcome(() -> as(secret).tokens().revoke(new TokenName(name), Precondition.NONE));
        assertThat(outcome).isEqualTo(expected);
        if (outcome.equals("done")) {
            model.remove(name);
        }
    }

    private String touching(Optional<String> secret, String name, String never, String otherwise) {
        if (name.equals(OPERATOR)) {
            return secret.isEmpty() || isOperators(secret.get()) ? never : "Forbidden";
        }
        return model.containsKey(name) ? otherwise : "NotFound";
    }

    private String expected(Optional<String> secret, String ifLive) {
        return isLive(secret) ? ifLive : "Unauthenticated";
    }

    private boolean isLive(Optional<String> secret) {
        return secret.isEmpty()
                || model.values().stream()
                        .filter(entry -> !entry.disabled() && has(entry, secret.get()))
                        .anyMatch(entry -> entry.end().isEmpty()
                                || clock.instant().isBefore(entry.end().get()));
    }

    private boolean has(Entry entry, String secret) {
        return entry.secret().equals(secret)
                || former(entry).filter(secret::equals).isPresent();
    }

    private boolean isOperators(String secret) {
        return Optional.ofNullable(model.get(OPERATOR))
                .filter(operator -> has(operator, secret))
                .isPresent();
    }

    private ActorAccess as(Optional<String> secret) {
        return secret.map(text -> authority.actingAs(TokenSecret.presented(text)))
                .orElseGet(() -> authority.actingAs(new Actor.FileOwner()));
    }

    private static String outcome(Runnable act) {
        try {
            act.run();
            return "done";
        } catch (TokenFailure refusal) {
            return refusal.getClass().getSimpleName();
        }
    }

    private void remember(IssuedToken token, String description) {
        String name = token.name().value();
        Entry was = model.get(name);
        assertThat(token.id().value()).isEqualTo(was == null ? issued++ : was.id());
        String secret = token.secret().reveal();
        secrets.add(secret);
        model.put(
                name,
                new Entry(
                        token.id().value(), secret, description, token.expiry().end(), Optional.empty(), false));
    }

    private Lifetime lifetime() {
        return random.nextBoolean()
                ? Lifetime.UNLIMITED
                : new Lifetime.Span(Duration.ofSeconds(1 + random.nextInt(20)));
    }

    private <T> T any(List<T> list) {
        // Mostly a recent one, because the old ones are dead.
        int back = random.nextInt(Math.min(list.size(), random.nextInt(10) == 0 ? list.size() : 25));
        return list.get(list.size() - 1 - back);
    }

    private void compare() {
        List<String> listed = authority.actingAs(new Actor.FileOwner()).tokens().list().stream()
                .map(RandomOperations::shown)
                .toList();
        List<String> modelled = model.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().id()))
                .map(entry -> entry.getValue().id() + " " + entry.getKey() + " "
                        + entry.getValue().description() + " "
                        + entry.getValue().end() + " " + entry.getValue().disabled())
                .toList();
        assertThat(listed).isEqualTo(modelled);
        for (String secret : secrets.subList(Math.max(0, secrets.size() - 200), secrets.size())) {
            assertThat(authority.authenticate(TokenSecret.presented(secret)) instanceof Verdict.Accepted)
                    .isEqualTo(isLive(Optional.of(secret)));
        }
    }

    private static String shown(Token token) {
        return token.id() + " " + token.name() + " " + token.description() + " "
                + token.expiry().end() + " " + token.disablement().isPresent();
    }
}
