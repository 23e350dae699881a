package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random acts of resource tokens against a plain model, which knows permissions only as a list of everything that they allow:
 * an act is done if and only if the model allows it, and whatever the holder of one token does, no secret that it comes to
 * know can do more than its first one.
 */
final class ContainmentTest {
    private static final int SEQUENCES = Integer.getInteger("latchkey.sequences", 20_000);
    private static final int ACTS = 12;
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static final List<String> NAMES = List.of("a1", "a2", "ab", "b1", "b2", "c");
    // The last of each are names that only a prefix covers, so that a finite list decides whether a prefix is covered.
    private static final Map<String, List<String>> RESOURCES = Map.of(
            "tokens", List.of("_admin", "root", "a1", "a2", "ab", "b1", "b2", "c", "a~", "ab~", "b~", "~"),
            "s3", List.of("x", "xy", "z", "x~", "xy~", "~"));
    private static final Map<String, List<String>> ACTIONS = Map.of(
            "tokens", List.of("read", "create", "update", "rotate", "disable", "delete"), "s3", List.of("r", "w", "~"));
    private static final List<String> PERMISSIONS = List.of(
            "tokens:*:*",
            "tokens:a*:*",
            "tokens:ab*:create,update,rotate",
            "tokens:a1,b1:rotate,disable",
            "tokens:*:create",
            "tokens:b*:update,delete",
            "tokens:*:rotate",
            "tokens:*:update",
            "s3:*:*",
            "s3:*:r",
            "s3:x*:r,w",
            "s3:xy*:*",
            "s3:x,xy:w",
            "s3:z:r");

    /** Origins, and which of the addresses {@link #ADDRESSES} they allow. */
    private static final Map<List<String>, String> ORIGINS = new LinkedHashMap<>();

    private static final List<String> ADDRESSES = List.of("10.0.0.1", "10.0.0.2", "10.0.1.1", "11.0.0.1", "::1", "::");

    static {
        ORIGINS.put(List.of(), "111111");
        ORIGINS.put(List.of("0.0.0.0/0", "::/0"), "111110");
        ORIGINS.put(List.of("10.0.0.0/8"), "111000");
        ORIGINS.put(List.of("10.0.0.0/24"), "110000");
        ORIGINS.put(List.of("10.0.0.0/25", "10.0.0.128/25", "::1"), "110010");
        ORIGINS.put(List.of("10.0.0.1"), "100000");
    }

    /** What a token should be. */
    private static final class Entry {
        String name;
        String secret;
        List<String> permissions;
        List<String> from;
        List<String> routes = List.of();
        long start;
        long end;
        long created = Long.MIN_VALUE;
        boolean disabled;
        final boolean admin;

        Entry(
                String name,
                String secret,
                List<String> permissions,
                List<String> from,
                long start,
                long end,
                boolean admin) {
            this.name = name;
            this.secret = secret;
            this.permissions = permissions;
            this.from = from;
            this.start = start;
            this.end = end;
            this.admin = admin;
        }

        boolean contains(Entry other) {
            return !other.admin
                    && isWithin(power(other.permissions), power(permissions))
                    && isWithin(addresses(other.from), addresses(from))
                    && (other.start >= start || other.created >= start)
                    && other.end <= end;
        }

        boolean isLive(long now) {
            return !disabled && now >= start && now < end;
        }

        /** With routes, it opens services only. */
        boolean acts(long now) {
            return routes.isEmpty() && isLive(now);
        }

        boolean allows(String action, String token) {
            return admin || power(permissions).get(index("tokens", token, action));
        }

        Entry copy() {
            Entry copy = new Entry(name, secret, permissions, from, start, end, admin);
            copy.disabled = disabled;
            copy.created = created;
            copy.routes = routes;
            return copy;
        }
    }

    private static final Map<List<String>, BitSet> POWERS = new HashMap<>();
    private static final Map<List<String>, BitSet> ALLOWED = new HashMap<>();
    private static final Map<List<String>, Permissions> PARSED = new HashMap<>();
    private static final Map<String, Integer> INDEXES = new HashMap<>();

    static {
        new TreeMap<>(RESOURCES)
                .forEach((type, names) -> names.forEach(name -> requireNonNull(ACTIONS.get(type))
                        .forEach(action -> INDEXES.put(type + ":" + name + ":" + action, INDEXES.size()))));
    }

    private static int index(String type, String name, String action) {
        return requireNonNull(INDEXES.get(type + ":" + name + ":" + action));
    }

    /** Everything that permissions allow, found by trying. */
    private static BitSet power(List<String> permissions) {
        return POWERS.computeIfAbsent(permissions, texts -> {
            BitSet power = new BitSet();
            INDEXES.forEach((triple, index) -> {
                String[] parts = triple.split(":");
                power.set(index, texts.stream().anyMatch(text -> allows(text.split(":"), parts)));
            });
            return power;
        });
    }

    private static boolean allows(String[] permission, String[] wanted) {
        return permission[0].equals(wanted[0])
                && Stream.of(permission[1].split(","))
                        .anyMatch(name -> name.endsWith("*")
                                ? wanted[1].startsWith(name.substring(0, name.length() - 1))
                                : name.equals(wanted[1]))
                && Stream.of(permission[2].split(","))
                        .anyMatch(action -> action.equals("*") || action.equals(wanted[2]));
    }

    private static BitSet addresses(List<String> from) {
        return ALLOWED.computeIfAbsent(from, ContainmentTest::allowed);
    }

    private static BitSet allowed(List<String> from) {
        BitSet allowed = new BitSet();
        String bits = requireNonNull(ORIGINS.get(from));
        for (int i = 0; i < bits.length(); i++) {
            allowed.set(i, bits.charAt(i) == '1');
        }
        return allowed;
    }

    private static boolean isWithin(BitSet inner, BitSet outer) {
        BitSet rest = (BitSet) inner.clone();
        rest.andNot(outer);
        return rest.isEmpty();
    }

    /** The tokens as their events leave them. */
    private static final class Folded implements Tokens {
        final Map<TokenName, Token> tokens = new HashMap<>();
        long next;

        void fold(TokenEvent event) {
            event.before()
                    .ifPresent(
                            before -> assertThat(tokens.remove(before.name())).isEqualTo(before));
            event.after()
                    .ifPresent(
                            after -> assertThat(tokens.put(after.name(), after)).isNull());
            next = Math.max(next, event.tokenId().value() + 1);
        }

        @Override
        public boolean isEmpty() {
            return tokens.isEmpty();
        }

        @Override
        public TokenId nextId() {
            return new TokenId(next);
        }

        @Override
        public Optional<Token> find(TokenName name) {
            return Optional.ofNullable(tokens.get(name));
        }

        @Override
        public Optional<Token> find(TokenDigest digest) {
            return tokens.values().stream()
                    .filter(token -> token.secrets().digests().anyMatch(digest::equals))
                    .findFirst();
        }
    }

    private final Random random = new Random(20_301);
    private final Folded tokens = new Folded();
    private final Map<String, Entry> model = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private long now;
    private int secrets;
    private int done;
    private int denied;

    @Test
    void an_act_is_done_if_and_only_if_the_model_allows_it_and_no_chain_of_acts_ends_in_more() {
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            prepare();
            Entry first = requireNonNull(model.get("a1")).copy();
            for (int act = 0; act < ACTS; act++) {
                now += random.nextInt(8);
                act();
                for (String secret : known) {
                    bySecret(secret)
                            .filter(entry -> !entry.name.equals("a1") || !entry.secret.equals(first.secret))
                            .ifPresent(entry -> assertThat(first.contains(entry))
                                    .as(() -> entry.name + " " + entry.permissions + " > " + first.permissions)
                                    .isTrue());
                }
            }
            compare();
        }
        assertThat(done).as("%d of %d are done", done, done + denied).isGreaterThan(SEQUENCES * ACTS / 20);
        assertThat(denied).isGreaterThan(SEQUENCES);
    }

    private void prepare() {
        tokens.tokens.clear();
        tokens.next = 0;
        model.clear();
        known.clear();
        now = 0;
        issue(new Entry("_admin", "secret " + ++secrets, List.of(), List.of(), Long.MIN_VALUE, Long.MAX_VALUE, true));
        issue(new Entry("root", "secret " + ++secrets, List.of(), List.of(), Long.MIN_VALUE, Long.MAX_VALUE, true));
        Entry first = some("a1");
        first.start = Long.MIN_VALUE;
        first.routes = List.of();
        issue(first);
        known.add(first.secret);
        for (String name : List.of("a2", "b1", "ab")) {
            issue(some(name));
        }
    }

    /** Issued by the owner of the file. */
    private void issue(Entry entry) {
        Change change = entry.name.equals("_admin")
                ? new Change.CreateOperator(digest(entry.secret))
                : new Change.CreateNamed(
                        new TokenName(entry.name),
                        digest(entry.secret),
                        lifetime(entry.end),
                        Description.NONE,
                        attributes(entry));
        tokens.fold(change.decide(tokens, new Actor.FileOwner(), at(now)));
        model.put(entry.name, entry);
    }

    private Entry some(String name) {
        Entry some = new Entry(
                name,
                "secret " + ++secrets,
                permissions(),
                origins(),
                random.nextInt(4) == 0 ? now + random.nextInt(20) : Long.MIN_VALUE,
                end(),
                false);
        some.created = now;
        some.routes = random.nextInt(8) == 0 ? List.of("* service.test/**") : List.of();
        return some;
    }

    private List<String> permissions() {
        List<String> chosen = new ArrayList<>();
        for (String permission : PERMISSIONS) {
            if (random.nextInt(4) == 0) {
                chosen.add(permission);
            }
        }
        return chosen;
    }

    private List<String> origins() {
        List<List<String>> all = List.copyOf(ORIGINS.keySet());
        return random.nextBoolean() ? List.of() : all.get(random.nextInt(all.size()));
    }

    private long end() {
        return random.nextInt(3) == 0 ? Long.MAX_VALUE : now + 20 + 10L * random.nextInt(10);
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static Lifetime lifetime(long end) {
        return end == Long.MAX_VALUE ? Lifetime.UNLIMITED : new Lifetime.Until(at(end));
    }

    private static Attributes attributes(Entry entry) {
        return entry.admin
                ? Attributes.ADMIN
                : new Attributes(
                        parsed(entry.permissions),
                        Origins.parse(entry.from),
                        start(entry.start),
                        Owner.NONE,
                        Labels.NONE,
                        Routes.parse(entry.routes));
    }

    private static Permissions parsed(List<String> permissions) {
        return PARSED.computeIfAbsent(permissions, Permissions::parse);
    }

    private static NotBefore start(long second) {
        return second == Long.MIN_VALUE ? NotBefore.NONE : NotBefore.of(at(second));
    }

    private static TokenDigest digest(String secret) {
        // Not a real one, which would take most of the time.
        return TokenDigest.ofBytes(Arrays.copyOf(secret.getBytes(UTF_8), TokenDigest.BYTES));
    }

    private Optional<Entry> bySecret(String secret) {
        return model.values().stream()
                .filter(entry -> entry.secret.equals(secret))
                .findFirst();
    }

    private void act() {
        List<String> all = List.copyOf(known);
        String secret = all.get(random.nextInt(all.size()));
        Optional<Token> holder = tokens.find(digest(secret));
        if (holder.isEmpty()) {
            return;
        }
        Actor actor = new Actor.Holder(holder.get().id(), holder.get().name(), digest(secret));
        Optional<Entry> self = bySecret(secret).filter(entry -> entry.acts(now));
        String name = random.nextInt(10) == 0 ? (random.nextBoolean() ? "_admin" : "root") : any();
        switch (random.nextInt(8)) {
            case 0, 1 -> create(actor, self, any());
            case 2, 3 -> edit(actor, self, name, any());
            case 4, 5 -> rotate(actor, self, name);
            case 6 -> disable(actor, self, name);
            default -> {
                if (random.nextBoolean()) {
                    enable(actor, self, name);
                } else {
                    delete(actor, self, name);
                }
            }
        }
    }

    private String any() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private boolean outcome(Change change, Actor actor, boolean expected) {
        boolean happened;
        try {
            tokens.fold(change.decide(tokens, actor, at(now)));
            happened = true;
        } catch (TokenFailure e) {
            happened = false;
        }
        assertThat(happened).as(() -> change + " by " + actor).isEqualTo(expected);
        done += happened ? 1 : 0;
        denied += happened ? 0 : 1;
        return happened;
    }

    private void create(Actor actor, Optional<Entry> self, String name) {
        Entry wanted = some(name);
        // Half of the wishes are modest, so that many are granted.
        if (random.nextBoolean() && self.isPresent()) {
            wanted.permissions = self.get().permissions.stream()
                    .filter(_ -> random.nextInt(3) > 0)
                    .toList();
            wanted.from = self.get().from;
            wanted.start = self.get().start;
            wanted.end = Math.min(wanted.end, self.get().end);
        }
        boolean expected = self.filter(it -> it.allows("create", name) && it.contains(wanted))
                        .isPresent()
                && !model.containsKey(name)
                && (wanted.end == Long.MAX_VALUE || wanted.end > now);
        var change = new Change.CreateNamed(
                new TokenName(name), digest(wanted.secret), lifetime(wanted.end), Description.NONE, attributes(wanted));
        Change act = random.nextBoolean()
                ? change
                : new Change.Register(
                        change.name(), change.digest(), change.lifetime(), change.description(), change.attributes());
        if (outcome(act, actor, expected)) {
            model.put(name, wanted);
            known.add(wanted.secret);
        }
    }

    private void edit(Actor actor, Optional<Entry> self, String name, String newName) {
        Entry was = model.get(name);
        Entry wanted = some(newName);
        boolean rename = random.nextBoolean();
        boolean widen = random.nextBoolean();
        var edit = new TokenEdit(
                rename ? Optional.of(new TokenName(newName)) : Optional.empty(),
                Optional.of(new Description("edited")),
                widen ? Optional.of(lifetime(wanted.end)) : Optional.empty(),
                widen
                        ? new AttributesEdit(
                                Optional.of(parsed(wanted.permissions)),
                                Optional.of(Origins.parse(wanted.from)),
                                Optional.of(start(wanted.start)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Routes.parse(wanted.routes)))
                        : AttributesEdit.NONE);
        Entry after = was == null ? wanted : was.copy();
        if (widen) {
            after.permissions = wanted.permissions;
            after.from = wanted.from;
            after.routes = wanted.routes;
            after.start = wanted.start;
            after.end = wanted.end;
        }
        if (rename) {
            after.name = newName;
        }
        boolean free = !rename || newName.equals(name) || !model.containsKey(newName);
        boolean expected = was != null
                && free
                && self.filter(it -> it.allows("update", name)
                                && (!rename || it.allows("update", newName))
                                && it.contains(was)
                                && it.contains(after))
                        .isPresent();
        if (outcome(new Change.Edit(new TokenName(name), edit, Precondition.NONE), actor, expected)) {
            model.remove(name);
            model.put(after.name, after);
        }
    }

    private void rotate(Actor actor, Optional<Entry> self, String name) {
        Entry was = model.get(name);
        String fresh = "secret " + ++secrets;
        boolean expected = was != null
                && self.filter(it -> it.name.equals(name) || (it.allows("rotate", name) && it.contains(was)))
                        .isPresent();
        var change = new Rotation.Begin(
                new TokenName(name),
                digest(fresh),
                new GracePeriod(Duration.ZERO),
                Optional.empty(),
                Precondition.NONE);
        if (outcome(change, actor, expected)) {
            requireNonNull(was).secret = fresh;
            known.add(fresh);
        }
    }

    private void disable(Actor actor, Optional<Entry> self, String name) {
        Entry was = model.get(name);
        boolean expected = was != null
                && !was.admin
                && self.filter(it -> it.allows("disable", name)).isPresent();
        if (outcome(new Change.Disable(new TokenName(name), Reason.NONE, Precondition.NONE), actor, expected)) {
            requireNonNull(was).disabled = true;
        }
    }

    private void enable(Actor actor, Optional<Entry> self, String name) {
        Entry was = model.get(name);
        boolean expected = was != null
                && was.disabled
                && self.filter(it -> it.allows("disable", name) && it.contains(was))
                        .isPresent();
        if (outcome(new Change.Enable(new TokenName(name), Precondition.NONE), actor, expected)) {
            requireNonNull(was).disabled = false;
        }
    }

    private void delete(Actor actor, Optional<Entry> self, String name) {
        Entry was = model.get(name);
        boolean expected = was != null
                && !was.admin
                && self.filter(it -> it.allows("delete", name)).isPresent();
        if (outcome(new Change.Revoke(new TokenName(name), Precondition.NONE), actor, expected)) {
            model.remove(name);
        }
    }

    /** The events explain every token. */
    private void compare() {
        assertThat(tokens.tokens.keySet().stream().map(TokenName::value))
                .containsExactlyInAnyOrderElementsOf(model.keySet());
        model.values().forEach(entry -> {
            Token token = requireNonNull(tokens.tokens.get(new TokenName(entry.name)));
            assertThat(token.attributes()).isEqualTo(attributes(entry));
            assertThat(token.accepts(digest(entry.secret), at(now))).isEqualTo(entry.acts(now));
            for (int i = 0; i < ADDRESSES.size(); i++) {
                assertThat(token.attributes().from().allow(InetAddress.ofLiteral(ADDRESSES.get(i))))
                        .isEqualTo(entry.admin
                                || requireNonNull(ORIGINS.get(entry.from)).charAt(i) == '1');
            }
        });
    }
}
