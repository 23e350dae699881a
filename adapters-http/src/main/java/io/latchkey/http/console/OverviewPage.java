package io.latchkey.http.console;

import io.latchkey.application.FoundTokens;
import io.latchkey.application.LedgerHealth;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenFilter;
import io.latchkey.application.TokenOutlook;
import io.latchkey.application.TokenSearch;
import io.latchkey.application.VerdictCounts;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.domain.Actor;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenState;
import io.micronaut.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What needs attention: tokens by state, what expires next, alarms, verdicts and health. */
final class OverviewPage implements Page {
    /** How far ahead expiries are shown. */
    private static final int DAYS = 30;

    private static final int LISTED = 10;
    private static final int ALARMS = 10;
    /** How many of the newest ledger entries are searched for alarms. */
    private static final int SEARCHED = 5_000;

    private static final Set<String> ALARM_KINDS = Set.of(
            TokenEvent.Kind.EXPOSED.word(),
            TokenEvent.Kind.RETIRED_SECRET_USED.word(),
            TokenEvent.Kind.LEDGER_ACCEPTED.word());

    private final TokenAuthority authority;
    private final String version;

    OverviewPage(TokenAuthority authority, String version) {
        this.authority = authority;
        this.version = version;
    }

    /** A number, and what it counts. */
    record Count(String word, long number) {}

    /**
     * What the template shows.
     *
     * @param expiring those that expire next; all matches are counted
     * @param timeline how many expire on each day
     * @param alarms the newest, the newest first; empty if the reader may not see the ledger
     * @param verdicts empty if the reader may not see the metrics
     * @param entries of the ledger; empty if the reader may not see it
     * @param lastHour the same for the last hour by minute
     */
    record Shown(
            Frame frame,
            int all,
            long active,
            long disabled,
            long expired,
            FoundTokens expiring,
            Timeline timeline,
            Optional<List<LedgerRecord>> alarms,
            Optional<VerdictCounts> verdicts,
            Optional<Plot> lastHour,
            LedgerHealth ledger,
            Optional<Long> entries,
            HealthFacts health,
            boolean mayCreate,
            Instant now) {
        String number(long number) {
            return String.format(Locale.ENGLISH, "%,d", number);
        }

        List<TokenRow> rows() {
            return expiring.tokens().stream()
                    .map(listed -> TokenRow.of(listed, now))
                    .toList();
        }

        Moment moment(Instant at) {
            return new Moment(at, now);
        }

        /** How many verdicts there were of each kind; none if the reader may not see them. */
        List<Count> counts() {
            return verdicts.stream()
                    .flatMap(counted -> Stream.of(
                            new Count("Accepted", counted.accepted()),
                            new Count("Unknown", counted.unknown()),
                            new Count("Expired", counted.expired()),
                            new Count("Disabled", counted.disabled()),
                            new Count("Former secret", counted.retired()),
                            new Count("Not valid yet", counted.notYet()),
                            new Count("Wrong address", counted.origin()),
                            new Count("Wrong request", counted.route()),
                            new Count("Unavailable", counted.unavailable())))
                    .toList();
        }

        boolean isNew() {
            return mayCreate && all <= 1;
        }
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        if (!visit.signedIn().rights().allowSome("tokens", "read")) {
            return Html.redirect(OwnTokenPage.PLACE);
        }
        Actor actor = visit.signedIn().actor();
        FoundTokens expiring = authority.search(
                actor,
                new TokenSearch(
                        List.of(),
                        new TokenFilter(Optional.empty(), Optional.of(Duration.ofDays(DAYS)), Optional.empty()),
                        Optional.empty(),
                        TokenSearch.Column.EXPIRY,
                        TokenSearch.Direction.ASCENDING,
                        0,
                        LISTED));
        TokenOutlook outlook = authority.outlook(actor, DAYS);
        Map<TokenState, Long> states = outlook.states();
        Shown shown = new Shown(
                visit.frame("Overview"),
                expiring.all(),
                states.getOrDefault(TokenState.ACTIVE, 0L),
                states.getOrDefault(TokenState.DISABLED, 0L),
                states.getOrDefault(TokenState.EXPIRED, 0L),
                expiring,
                Timeline.of(outlook.ends()),
                alarms(visit),
                mayRead(actor, "metrics") ? Optional.of(authority.verdicts()) : Optional.empty(),
                mayRead(actor, "metrics")
                        ? Optional.of(Plots.minutes(authority.verdictsOfLastHour()))
                        : Optional.empty(),
                authority.ledgerHealth(),
                Optional.of(authority.statistics().ledgerLength()).filter(_ -> visit.may(RequiredPermission.LEDGER)),
                HealthFacts.of(visit, authority, version),
                visit.signedIn().rights().allowSome("tokens", "create"),
                visit.now());
        return Fresh.page(visit.request(), Html.page(output -> JteoverviewGenerated.render(output, null, shown)));
    }

    private boolean mayRead(Actor actor, String name) {
        try {
            authority.check(actor, RequiredPermission.of("system", name, "read"));
            return true;
        } catch (TokenFailure.PermissionMissing e) {
            return false;
        }
    }

    private Optional<List<LedgerRecord>> alarms(Visit visit) {
        try {
            LedgerSearch search = new LedgerSearch(
                    Optional.empty(),
                    Optional.empty(),
                    ALARM_KINDS,
                    LedgerPeriod.ANY,
                    authority.statistics().ledgerLength());
            return Optional.of(search.newest(visit.signedIn().access().ledger(), ALARMS, SEARCHED)
                    .entries());
        } catch (TokenFailure.PermissionMissing e) {
            return Optional.empty();
        }
    }
}
