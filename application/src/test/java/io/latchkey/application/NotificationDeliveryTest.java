package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.InMemoryDeliveryProgress;
import io.latchkey.application.notification.Notification;
import io.latchkey.application.notification.Notification.Kind;
import io.latchkey.application.notification.NotificationDelivery;
import io.latchkey.application.notification.NotificationQueue;
import io.latchkey.application.notification.NotificationSender;
import io.latchkey.application.notification.NotificationSender.Receipt;
import io.latchkey.application.notification.Webhook;
import io.latchkey.application.notification.WebhookSecret;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a receiver hears, and when; nothing moves but by hand. */
class NotificationDeliveryTest {
    private static final TokenName CI = new TokenName("ci");
    private static final TokenName WEB = new TokenName("web");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Webhook WEBHOOK = new Webhook(
            URI.create("https://receiver.example"),
            WebhookSecret.parse("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            Duration.ofDays(14),
            ServerTrust.DEFAULT,
            Optional.empty());
    private static final Receipt BUSY = new Receipt.Postponed("it answered 500", Optional.empty());
    private static final Receipt WRONG = new Receipt.Rejected("it answered 422");

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final InMemoryDeliveryProgress delivered = new InMemoryDeliveryProgress(store);
    private final RandomGenerator random = new Random(20260301);

    /** Another process, as far as the receiver is concerned. */
    private final TokenAuthority elsewhere =
            new TokenAuthority(store, new InMemorySystemTables(), clock, new SecureRandom());

    private final ActorAccess owner = elsewhere.actingAs(new Actor.FileOwner());
    private final List<Notification> heard = new ArrayList<>();
    private final List<Instant> attempts = new ArrayList<>();
    private final List<Level> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Logger logger = Logger.getLogger(NotificationDelivery.class.getName());
    private Function<Notification, Receipt> receiver = _ -> new Receipt.Accepted();
    private TokenRegistry registry = new TokenRegistry(store, clock, this::ticker, new BackgroundFailures());
    private NotificationDelivery delivery = begun(new InMemoryDeliveryProgress(store), this::receive);

    private long ticker() {
        return Long.MAX_VALUE
                - 5
                + Duration.between(Instant.parse("2026-03-01T00:00:00Z"), clock.instant())
                        .toNanos();
    }

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(log);
    }

    @AfterEach
    void close() {
        logger.removeHandler(log);
        logger.setUseParentHandlers(true);
        elsewhere.close();
    }

    /** A server that begins to tell, the first or after another one ended. */
    private void start() {
        registry = new TokenRegistry(store, clock, this::ticker, new BackgroundFailures());
        registry.load();
        delivery = begun(delivered, this::receive);
    }

    private NotificationDelivery begun(DeliveryProgress memory, NotificationSender sender) {
        return new NotificationDelivery(
                () -> new NotificationQueue(
                        new StoreFeed(store, registry),
                        memory,
                        WEBHOOK.expiringWithin(),
                        clock.instant(),
                        this::ticker),
                sender,
                clock,
                this::ticker,
                random);
    }

    private Receipt receive(Notification notice, Instant now) {
        attempts.add(clock.instant());
        assertThat(now).isEqualTo(clock.instant());
        Receipt receipt = receiver.apply(notice);
        if (receipt.equals(new Receipt.Accepted())) {
            heard.add(notice);
        }
        return receipt;
    }

    private void accepting() {
        receiver = _ -> new Receipt.Accepted();
    }

    private void refusing(Receipt refusal) {
        receiver = _ -> refusal;
    }

    private void refusing(TokenName name, Receipt refusal) {
        receiver = notice -> notice.token().name().equals(name) ? refusal : new Receipt.Accepted();
    }

    /** The notifications that the receiver has got after a time. */
    private List<String> after(Duration span) {
        clock.advance(span);
        heard.clear();
        registry.poll();
        delivery.deliver();
        return heard.stream().map(NotificationDeliveryTest::told).toList();
    }

    private List<String> now() {
        return after(Duration.ZERO);
    }

    private static String told(Notification notice) {
        return notice.type() + " " + notice.token().name();
    }

    private TokenSecret create(TokenName name, Lifetime lifetime) {
        return owner.tokens().createNamed(name, lifetime, Description.NONE).secret();
    }

    private void rotate(TokenName name) {
        owner.tokens().rotate(name, GracePeriod.NONE, Optional.empty(), Precondition.NONE);
    }

    private void edit(TokenEdit edit) {
        owner.tokens().edit(CI, edit, Precondition.NONE);
    }

    private static TokenEdit described(String description) {
        return new TokenEdit(Optional.empty(), Optional.of(new Description(description)), Optional.empty());
    }

    private static TokenEdit living(Lifetime lifetime) {
        return new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(lifetime));
    }

    private static Lifetime days(int days) {
        return new Lifetime.Span(Duration.ofDays(days));
    }

    @Test
    void changes_of_all_processes_are_delivered_once_in_ledger_order_after_alarms() {
        start();
        owner.tokens().createOperator();
        TokenSecret first = create(CI, Lifetime.UNLIMITED);
        create(WEB, Lifetime.UNLIMITED);
        rotate(CI);
        owner.tokens().disable(CI, Reason.NONE, Precondition.NONE);
        owner.tokens().enable(CI, Precondition.NONE);
        owner.tokens().regenerateOperator();
        store.append(tokens ->
                new Change.RecordReuse(first.digest()).decide(tokens, new Actor.ReuseDetector(), clock.instant()));
        owner.tokens().revoke(CI, Precondition.NONE);
        assertThat(now())
                .containsExactly(
                        "token.alarm ci",
                        "token.created _admin",
                        "token.created ci",
                        "token.created web",
                        "token.rotated ci",
                        "token.disabled ci",
                        "token.enabled ci",
                        "token.regenerated _admin",
                        "token.revoked ci");
        assertThat(heard).extracting(Notification::generation).containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 2);
        assertThat(heard)
                .extracting(notice -> notice.change().orElseThrow().revision())
                .containsExactly(8L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 9L);
        assertThat(heard.get(1).id()).isEqualTo("ledger-1-1772366400123-" + store.instanceId());
        assertThat(heard).extracting(Notification::id).doesNotHaveDuplicates();
        assertThat(now()).isEmpty();
    }

    @Test
    void a_found_secret_of_the_operator_is_an_alarm() {
        TokenSecret secret = owner.tokens().createOperator().secret();
        start();
        store.append(tokens ->
                new Change.RevokeLeaked(secret.digest()).decide(tokens, new Actor.LeakReporter(), clock.instant()));
        assertThat(now()).containsExactly("token.alarm _admin");
    }

    @Test
    void an_expiry_is_announced_in_advance_and_notified_when_it_comes() {
        start();
        create(CI, days(40));
        assertThat(now()).containsExactly("token.created ci");
        assertThat(after(Duration.ofDays(26).minusMillis(1))).isEmpty();
        assertThat(after(Duration.ofMillis(1))).containsExactly("token.expiring ci");
        assertThat(heard.getFirst().at()).isEqualTo(clock.instant());
        assertThat(heard.getFirst().id())
                .isEqualTo(
                        "expiring-0-" + (clock.millis() + Duration.ofDays(14).toMillis()) + "-" + store.instanceId());
        assertThat(after(Duration.ofDays(14).minusMillis(1))).isEmpty();
        assertThat(after(Duration.ofMillis(1))).containsExactly("token.expired ci");
        assertThat(heard.getFirst().at()).isEqualTo(clock.instant());
        assertThat(after(DAY)).isEmpty();
    }

    @Test
    void the_expiry_of_a_short_lived_token_is_announced_in_the_second_half_of_its_life() {
        start();
        create(CI, days(3));
        assertThat(now()).containsExactly("token.created ci");
        assertThat(after(Duration.ofHours(36).minusMillis(1))).isEmpty();
        assertThat(after(Duration.ofMillis(1))).containsExactly("token.expiring ci");
        assertThat(heard.getFirst().at()).isEqualTo(clock.instant());
    }

    @Test
    void notifications_are_delivered_in_the_order_of_time() {
        create(CI, days(2));
        create(WEB, days(20));
        start();
        now();
        clock.advance(DAY);
        rotate(WEB);
        clock.advance(DAY.plusDays(9));
        assertThat(now()).containsExactly("token.rotated web", "token.expired ci", "token.expiring web");
    }

    @Test
    void the_first_start_announces_coming_expiries_but_no_past_events() {
        create(CI, days(1));
        rotate(CI);
        create(WEB, days(2));
        rotate(WEB);
        clock.advance(DAY);
        start();
        assertThat(now()).containsExactly("token.expiring web");
    }

    @Test
    void a_restart_neither_repeats_nor_omits_notifications() {
        create(CI, days(20));
        create(WEB, days(2));
        clock.advance(DAY);
        start();
        assertThat(now()).containsExactly("token.expiring web");
        rotate(CI);
        assertThat(now()).containsExactly("token.rotated ci");
        start();
        assertThat(now()).isEmpty();
        clock.advance(Duration.ofDays(10));
        rotate(CI);
        start();
        assertThat(now()).containsExactly("token.expired web", "token.expiring ci", "token.rotated ci");
        start();
        assertThat(now()).isEmpty();
    }

    @Test
    void of_two_servers_one_delivers_until_it_ends() {
        start();
        create(CI, days(20));
        List<String> elsewhere = new ArrayList<>();
        NotificationDelivery other = begun(delivered.another(), (notice, _) -> {
            elsewhere.add(notice.type() + " " + notice.token().name().value());
            return new Receipt.Accepted();
        });
        assertThat(now()).containsExactly("token.created ci");
        other.deliver();
        assertThat(elsewhere).isEmpty();
        rotate(CI);
        registry.poll();
        delivery.close();
        other.deliver();
        assertThat(elsewhere).containsExactly("token.rotated ci");
    }

    @Test
    void a_server_that_gets_its_turn_back_reads_what_another_has_delivered() {
        start();
        List<String> elsewhere = new ArrayList<>();
        NotificationDelivery other = begun(delivered.another(), (notice, _) -> {
            elsewhere.add(notice.type());
            return new Receipt.Accepted();
        });
        assertThat(now()).isEmpty();
        delivered.endTurn();
        create(CI, days(20));
        registry.poll();
        other.deliver();
        assertThat(elsewhere).containsExactly("token.created");
        other.close();
        assertThat(now()).isEmpty();
        rotate(CI);
        assertThat(now()).containsExactly("token.rotated ci");
    }

    @Test
    void a_changed_expiry_is_announced_again_but_no_other_edit() {
        create(CI, days(5));
        clock.advance(Duration.ofDays(3));
        start();
        assertThat(now()).containsExactly("token.expiring ci");
        edit(described("nightly"));
        assertThat(after(NotificationQueue.REST)).isEmpty();
        edit(living(days(30)));
        assertThat(after(Duration.ofDays(10))).isEmpty();
        assertThat(after(Duration.ofDays(10))).containsExactly("token.expiring ci");
        edit(living(days(9)));
        assertThat(after(NotificationQueue.REST)).containsExactly("token.expiring ci");
        assertThat(after(Duration.ofDays(9))).containsExactly("token.expired ci");
        edit(living(Lifetime.UNLIMITED));
        assertThat(after(NotificationQueue.REST)).isEmpty();
    }

    @Test
    void expiry_notifications_of_deleted_or_extended_tokens_are_dropped() {
        create(CI, days(5));
        create(WEB, days(5));
        clock.advance(Duration.ofDays(3));
        start();
        refusing(BUSY);
        assertThat(now()).isEmpty();
        owner.tokens().revoke(CI, Precondition.NONE);
        owner.tokens().edit(WEB, living(Lifetime.UNLIMITED), Precondition.NONE);
        accepting();
        assertThat(after(NotificationQueue.REST)).containsExactly("token.revoked ci");
    }

    @Test
    void a_failed_delivery_is_repeated_in_growing_intervals() {
        create(CI, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        rotate(CI);
        refusing(BUSY);
        for (int second = 0; second < Duration.ofHours(12).toSeconds(); second++) {
            assertThat(after(Duration.ofSeconds(1))).isEmpty();
        }
        List<Duration> intervals = intervals();
        assertThat(intervals.subList(0, 11)).isSorted();
        assertThat(intervals.getFirst()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(intervals.subList(11, intervals.size()))
                .allSatisfy(interval -> assertThat(interval)
                        .isBetween(NotificationDelivery.LONGEST_WAIT.dividedBy(2), NotificationDelivery.LONGEST_WAIT))
                .anySatisfy(interval -> assertThat(interval).isNotEqualTo(intervals.get(11)));
        accepting();
        assertThat(after(NotificationDelivery.LONGEST_WAIT)).containsExactly("token.rotated ci", "token.rotated ci");
        assertThat(logged).containsExactly(Level.WARNING, Level.INFO);
        assertThat(delivery.counts().delivered()).isEqualTo(2);
        assertThat(delivery.counts().failed()).isEqualTo(intervals.size() + 1);
        assertThat(delivery.counts().dropped()).isZero();
    }

    /** Creates tokens with names of a common prefix. */
    private void createMany(String prefix, int count) {
        for (int token = 0; token < count; token++) {
            create(new TokenName(prefix + token), Lifetime.UNLIMITED);
        }
    }

    private void refusingThoseNamed(String prefix, Receipt refusal) {
        receiver = notice -> notice.token().name().value().startsWith(prefix) ? refusal : new Receipt.Accepted();
    }

    @Test
    void a_failing_receiver_gets_few_attempts_and_everything_after_it_recovers() {
        start();
        createMany("t", 300);
        refusing(BUSY);
        assertThat(now()).isEmpty();
        assertThat(attempts).hasSizeLessThan(25);
        attempts.clear();
        for (int second = 0; second < Duration.ofHours(1).toSeconds(); second++) {
            assertThat(after(Duration.ofSeconds(1))).isEmpty();
        }
        assertThat(attempts).hasSizeBetween(1000, 3600);
        accepting();
        assertThat(told(Duration.ofMinutes(1).plusSeconds(5))).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void alarms_that_a_receiver_does_not_take_get_few_attempts_and_hold_up_no_other_notification() {
        start();
        List<TokenSecret> secrets = new ArrayList<>();
        for (int token = 0; token < 100; token++) {
            secrets.add(create(new TokenName("t" + token), Lifetime.UNLIMITED));
        }
        told(Duration.ofSeconds(1));
        for (int token = 0; token < 100; token++) {
            rotate(new TokenName("t" + token));
        }
        now();
        for (TokenSecret secret : secrets) {
            store.append(tokens ->
                    new Change.RecordReuse(secret.digest()).decide(tokens, new Actor.ReuseDetector(), clock.instant()));
        }
        refusing(BUSY);
        attempts.clear();
        assertThat(now()).isEmpty();
        assertThat(attempts).hasSizeLessThan(25);
        create(CI, Lifetime.UNLIMITED);
        receiver = notice -> notice.kind() == Kind.ALARM ? BUSY : new Receipt.Accepted();
        assertThat(now()).containsExactly("token.created ci");
    }

    @Test
    void failing_notifications_delay_those_of_another_token_only_by_seconds() {
        start();
        refusingThoseNamed("err", BUSY);
        createMany("err", 15);
        create(CI, Lifetime.UNLIMITED);
        assertThat(told(Duration.ofSeconds(3))).containsExactly("token.created ci");
        told(Duration.ofMinutes(30));
        createMany("err2", 30);
        create(WEB, Lifetime.UNLIMITED);
        assertThat(told(Duration.ofSeconds(90))).containsExactly("token.created web");
        rotate(WEB);
        assertThat(told(Duration.ofSeconds(3))).containsExactly("token.rotated web");
    }

    @Test
    void failing_notifications_of_a_token_wait_longer_although_others_succeed() {
        start();
        refusingThoseNamed("err", BUSY);
        createMany("err", 3);
        create(CI, Lifetime.UNLIMITED);
        for (int minute = 0; minute < 8 * 60; minute++) {
            rotate(CI);
            told(Duration.ofMinutes(1));
        }
        long refused = delivery.counts().failed();
        assertThat(refused).isBetween(3 * 12L, 3 * 28L);
    }

    @Test
    void how_long_the_receiver_asks_to_wait_holds_for_the_token_it_was_said_of() {
        start();
        refusingThoseNamed("err", new Receipt.Postponed("it answered 429", Optional.of(Duration.ofMinutes(20))));
        createMany("err", 5);
        create(CI, Lifetime.UNLIMITED);
        assertThat(told(Duration.ofSeconds(15))).containsExactly("token.created ci");
        accepting();
        assertThat(told(Duration.ofMinutes(20).minusSeconds(30))).isEmpty();
        assertThat(told(Duration.ofMinutes(1))).hasSize(5);
    }

    @Test
    void a_failing_notification_delays_only_those_of_its_token() {
        create(CI, Lifetime.UNLIMITED);
        create(WEB, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        owner.tokens().revoke(CI, Precondition.NONE);
        rotate(WEB);
        refusing(CI, BUSY);
        assertThat(now()).containsExactly("token.rotated web");
        rotate(WEB);
        assertThat(told(Duration.ofMinutes(5))).containsExactly("token.rotated web");
        start();
        rotate(WEB);
        assertThat(told(Duration.ofMinutes(5))).containsExactly("token.rotated web");
        accepting();
        start();
        assertThat(now()).containsExactly("token.rotated ci", "token.revoked ci");
        start();
        assertThat(now()).isEmpty();
    }

    /** The notifications that the receiver gets when the queue is polled every second. */
    private List<String> told(Duration span) {
        List<String> told = new ArrayList<>();
        for (int second = 0; second < span.toSeconds(); second++) {
            told.addAll(after(Duration.ofSeconds(1)));
        }
        return told;
    }

    @Test
    void alarms_do_not_wait_for_other_notifications() {
        TokenSecret secret = create(CI, Lifetime.UNLIMITED);
        start();
        for (int token = 0; token < NotificationQueue.MOST + 200; token++) {
            create(new TokenName("t" + token), Lifetime.UNLIMITED);
        }
        refusing(BUSY);
        told(Duration.ofMinutes(10));
        rotate(CI);
        store.append(tokens ->
                new Change.RecordReuse(secret.digest()).decide(tokens, new Actor.ReuseDetector(), clock.instant()));
        receiver = notice -> notice.kind() == Kind.ALARM ? new Receipt.Accepted() : BUSY;
        assertThat(now()).containsExactly("token.alarm ci");
        start();
        assertThat(now()).isEmpty();
        accepting();
        assertThat(told(Duration.ofMinutes(2)))
                .hasSize(NotificationQueue.MOST + 201)
                .doesNotHaveDuplicates()
                .doesNotContain("token.alarm ci")
                .contains("token.rotated ci");
        start();
        assertThat(now()).isEmpty();
    }

    @Test
    void a_rejected_notification_is_given_up_soon() {
        create(CI, Lifetime.UNLIMITED);
        create(WEB, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        rotate(WEB);
        refusing(CI, WRONG);
        assertThat(now()).containsExactly("token.rotated web");
        assertThat(told(Duration.ofMinutes(12))).isEmpty();
        assertThat(attempts).hasSize(NotificationDelivery.REJECTIONS + 1);
        assertThat(delivery.counts().failed()).isEqualTo(NotificationDelivery.REJECTIONS - 1);
        assertThat(delivery.counts().dropped()).isEqualTo(1);
        assertThat(logged).containsExactly(Level.WARNING, Level.INFO, Level.SEVERE);
        start();
        assertThat(now()).isEmpty();
    }

    @Test
    void a_receiver_that_answers_gone_gets_no_more_notifications() {
        create(CI, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        refusing(new Receipt.Ended("it answered 410"));
        assertThat(now()).isEmpty();
        accepting();
        rotate(CI);
        assertThat(told(Duration.ofMinutes(2))).isEmpty();
        assertThat(attempts).hasSize(1);
        assertThat(delivery.counts().ended()).isEqualTo(1);
        assertThat(logged).containsExactly(Level.SEVERE);
        start();
        assertThat(now()).containsExactly("token.rotated ci", "token.rotated ci");
    }

    @Test
    void the_retry_time_of_the_receiver_is_respected() {
        create(CI, Lifetime.UNLIMITED);
        create(WEB, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        rotate(WEB);
        refusing(new Receipt.Postponed("it answered 429", Optional.of(Duration.ofMinutes(20))));
        assertThat(now()).isEmpty();
        assertThat(told(Duration.ofSeconds(3))).isEmpty();
        accepting();
        assertThat(told(Duration.ofMinutes(20).minusSeconds(4))).isEmpty();
        assertThat(told(Duration.ofSeconds(4))).containsExactlyInAnyOrder("token.rotated ci", "token.rotated web");
        rotate(CI);
        refusing(new Receipt.Postponed("it answered 503", Optional.of(Duration.ofDays(3000))));
        assertThat(now()).isEmpty();
        accepting();
        assertThat(after(NotificationDelivery.LONGEST_WAIT)).containsExactly("token.rotated ci");
    }

    @Test
    void a_sender_with_a_bug_is_one_that_fails() {
        create(CI, Lifetime.UNLIMITED);
        create(WEB, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        rotate(WEB);
        receiver = notice -> {
            if (notice.token().name().equals(CI)) {
                throw new IllegalStateException("a bug");
            }
            return new Receipt.Accepted();
        };
        assertThat(now()).containsExactly("token.rotated web");
        assertThat(told(Duration.ofHours(1))).isEmpty();
        assertThat(attempts).hasSizeLessThan(30);
        assertThat(delivery.counts().failed()).isEqualTo(attempts.size() - 1);
        assertThat(delivery.counts().dropped()).isZero();
    }

    private List<Duration> intervals() {
        List<Duration> intervals = new ArrayList<>();
        for (int i = 1; i < attempts.size(); i++) {
            intervals.add(Duration.between(attempts.get(i - 1), attempts.get(i)));
        }
        return intervals;
    }

    @Test
    void a_notification_is_given_up_after_three_days() {
        create(CI, Lifetime.UNLIMITED);
        create(WEB, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        refusing(BUSY);
        now();
        after(Duration.ofHours(1));
        rotate(WEB);
        after(NotificationDelivery.PATIENCE.minusHours(1).minusMillis(1));
        assertThat(delivery.counts().dropped()).isZero();
        after(NotificationDelivery.LONGEST_WAIT.dividedBy(2));
        after(NotificationDelivery.LONGEST_WAIT.dividedBy(2));
        assertThat(delivery.counts().dropped()).isEqualTo(1);
        accepting();
        assertThat(after(NotificationDelivery.LONGEST_WAIT)).containsExactly("token.rotated web");
        assertThat(logged).containsExactly(Level.WARNING, Level.SEVERE, Level.INFO);
        start();
        assertThat(now()).isEmpty();
    }

    @Test
    void a_delivered_notification_is_not_repeated_while_progress_cannot_be_saved() {
        create(CI, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        registry.poll();
        NotificationSender breaking = (notice, _) -> {
            heard.add(notice);
            store.breakDown();
            return new Receipt.Accepted();
        };
        delivery = begun(delivered, breaking);
        assertThatThrownBy(delivery::deliver).isInstanceOf(AuthorityUnavailable.class);
        assertThatThrownBy(delivery::deliver).isInstanceOf(AuthorityUnavailable.class);
        store.repair();
        delivery.deliver();
        assertThat(heard).extracting(Notification::kind).containsExactly(Kind.ROTATED);
        start();
        assertThat(now()).isEmpty();
    }

    @Test
    void an_alarm_that_waits_is_not_forgotten_at_a_restart_although_a_later_one_was_delivered() {
        TokenSecret ci = create(CI, Lifetime.UNLIMITED);
        TokenSecret web = create(WEB, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        rotate(WEB);
        now();
        refusing(CI, BUSY);
        for (TokenSecret retired : List.of(ci, web)) {
            store.append(tokens -> new Change.RecordReuse(retired.digest())
                    .decide(tokens, new Actor.ReuseDetector(), clock.instant()));
        }
        assertThat(now()).containsExactly("token.alarm web");
        accepting();
        start();
        assertThat(now()).containsExactly("token.alarm ci");
    }

    @Test
    void the_progress_is_saved_after_each_delivery() {
        create(CI, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        rotate(CI);
        List<Long> saved = new ArrayList<>();
        receiver = _ -> {
            saved.add(delivered.another().resume(0, clock.instant()).changes().revision());
            return new Receipt.Accepted();
        };
        assertThat(now()).hasSize(2);
        assertThat(saved).containsExactly(1L, 2L);
    }

    @Test
    @Timeout(60)
    void missing_ledger_entries_are_skipped() {
        create(CI, Lifetime.UNLIMITED);
        start();
        rotate(CI);
        registry.poll();
        TokenStore emptied = new DelegatingStore(store) {
            @Override
            public List<LedgerEntry> tail(long revision, int count) {
                return List.of();
            }
        };
        new NotificationDelivery(
                        () -> new NotificationQueue(
                                new StoreFeed(emptied, registry),
                                delivered,
                                WEBHOOK.expiringWithin(),
                                clock.instant(),
                                this::ticker),
                        this::receive,
                        clock,
                        this::ticker,
                        random)
                .deliver();
        assertThat(heard).isEmpty();
        assertThat(delivered.resume(0, clock.instant()).changes().revision()).isEqualTo(store.revision());
    }

    @Test
    void an_authority_delivers_notifications_and_closes_at_once() throws InterruptedException {
        create(CI, Lifetime.UNLIMITED);
        var arrived = new LinkedBlockingQueue<Notification>();
        try (var authority = new TokenAuthority(store, new InMemorySystemTables(), clock, new SecureRandom())) {
            assertThat(authority.notices()).isEmpty();
            authority.start();
            NotificationSender sender = (notice, _) -> {
                arrived.add(notice);
                return new Receipt.Accepted();
            };
            authority.sendNotifications(WEBHOOK, sender, delivered);
            rotate(CI);
            assertThat(arrived.poll(1, TimeUnit.MINUTES))
                    .extracting(Notification::kind)
                    .isEqualTo(Kind.ROTATED);
            assertThat(authority.notices().orElseThrow().dropped()).isZero();
            Eventually.until(() -> Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("latchkey-notices"))
                    .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        }
        start();
        assertThat(now()).isEmpty();
    }
}
