package io.latchkey.http.console;

import io.latchkey.application.LedgerHealth;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.TokenName;
import io.latchkey.http.server.StreamedBodies;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ledger, the newest entries first, with what each changed. */
final class LedgerView implements Page {
    static final String PLACE = "ledger";

    private static final int PAGE = 50;
    private static final int SEARCHED = 20_000;
    private static final int MOST_DIGITS = 15;
    private static final List<String> FILTERS =
            List.of("token", "actor", "kind", LedgerPeriod.SINCE, LedgerPeriod.UNTIL);

    private final TokenAuthority authority;
    private final StreamedBodies bodies;
    private final LedgerCheckPage check;

    LedgerView(TokenAuthority authority, StreamedBodies bodies) {
        this.authority = authority;
        this.bodies = bodies;
        this.check = new LedgerCheckPage(authority);
    }

    /**
     * What the template shows.
     *
     * @param filters those that are given
     * @param mayVerify whether the reader may read all of it
     * @param verified the newest verification that found it intact, if the reader may know it
     */
    record Shown(
            Frame frame,
            Map<String, String> filters,
            LedgerSearch.Found found,
            LedgerHealth health,
            long length,
            boolean mayVerify,
            Optional<LedgerCheck.Whole> verified,
            Instant now) {
        String formToken() {
            return frame.formToken();
        }

        List<EntryRow> rows() {
            return found.entries().stream()
                    .map(entry -> new EntryRow(entry, now))
                    .toList();
        }

        String value(String name) {
            return filters.getOrDefault(name, "");
        }

        /** The zone of the times that are typed. */
        String zone() {
            return filters.getOrDefault(LedgerPeriod.ZONE, "UTC");
        }

        List<String> kinds() {
            return LedgerRecord.kinds();
        }

        static String shown(String kind) {
            return kind.replace('_', ' ');
        }

        boolean hasOlder() {
            return found.searchedFrom() > 0;
        }

        /** The URL of older entries. */
        String older() {
            Map<String, String> fields = new TreeMap<>(filters);
            fields.put("before", Long.toString(found.searchedFrom()));
            return query(fields);
        }

        /** The URL of a file with all entries that the filters let through. */
        String export() {
            return "/console/ledger/export" + query(new TreeMap<>(filters));
        }

        private static String query(Map<String, String> fields) {
            return "?"
                    + fields.entrySet().stream()
                            .map(each -> each.getKey() + "=" + PercentEncoding.encode(each.getValue()))
                            .collect(Collectors.joining("&"));
        }

        String number(long number) {
            return String.format(Locale.ENGLISH, "%,d", number);
        }
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        return switch (visit.path()) {
            case List<String> path when path.equals(List.of(PLACE)) -> page(visit);
            case List<String> path when path.equals(List.of(PLACE, "export")) -> export(visit);
            case List<String> _ -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }

    @Override
    public HttpResponse<?> act(Visit visit) {
        if (!visit.path().equals(List.of(PLACE, "verify"))) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return check.act(visit);
    }

    /** All entries that the filters let through, in a file, the oldest first. */
    private HttpResponse<?> export(Visit visit) {
        LedgerPeriod period = LedgerPeriod.of(visit.query(), visit.now());
        LedgerQuery query = new LedgerQuery(
                0,
                LedgerExport.PART,
                given(visit.query(), "token").map(TokenName::new),
                period.since(),
                period.until(),
                given(visit.query(), "actor"),
                Optional.empty(),
                given(visit.query(), "kind").map(Set::of).orElse(Set.of()));
        LedgerExport lines = new LedgerExport(visit.signedIn().access().ledger(), query);
        LocalDate today = LocalDate.ofInstant(visit.now(), ZoneOffset.UTC);
        MutableHttpResponse<?> answer = visit.request().getMethod() == HttpMethod.HEAD
                ? HttpResponse.ok()
                : HttpResponse.ok(bodies.body(visit.request(), lines));
        return answer.contentType("application/x-ndjson")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"latchkey-ledger-" + today + ".jsonl\"");
    }

    private HttpResponse<?> page(Visit visit) {
        FormFields query = visit.query();
        long length = authority.statistics().ledgerLength();
        LedgerSearch search = new LedgerSearch(
                given(query, "token").map(TokenName::new),
                given(query, "actor"),
                given(query, "kind").map(Set::of).orElse(Set.of()),
                LedgerPeriod.of(query, visit.now()),
                given(query, "before")
                        .map(LedgerView::revision)
                        .map(before -> Math.min(before, length))
                        .orElse(length));
        Shown shown = new Shown(
                visit.frame("Ledger"),
                filters(query),
                search.newest(visit.signedIn().access().ledger(), PAGE, SEARCHED),
                authority.ledgerHealth(),
                length,
                visit.may(RequiredPermission.LEDGER),
                authority.lastWholeLedger().filter(_ -> visit.may(RequiredPermission.LEDGER)),
                visit.now());
        return Html.page(output -> JteledgerGenerated.render(output, null, shown));
    }

    /** Those that are given; the zone only with a time. */
    private static Map<String, String> filters(FormFields query) {
        boolean hasTime = query.has(LedgerPeriod.SINCE) || query.has(LedgerPeriod.UNTIL);
        return Stream.concat(FILTERS.stream(), Stream.of(LedgerPeriod.ZONE).filter(_ -> hasTime))
                .filter(query::has)
                .collect(Collectors.toMap(name -> name, query::text));
    }

    private static Optional<String> given(FormFields query, String name) {
        return Optional.of(query.text(name)).filter(text -> !text.isEmpty());
    }

    private static long revision(String digits) {
        if (!digits.matches("[0-9]{1," + MOST_DIGITS + "}")) {
            throw new ProblemException(Problem.parameter("before", "expected a revision"));
        }
        return Long.parseLong(digits);
    }

    /** An entry of the ledger. */
    record EntryRow(LedgerRecord entry, Instant now) {
        String name() {
            return TerminalText.of(entry.token().name().value());
        }

        /** The page of the token, if it is still there. */
        Optional<String> path() {
            return entry.after().map(token -> TokenPage.url(token.name()));
        }

        String kind() {
            return Shown.shown(entry.kind());
        }

        String by() {
            return TerminalText.of(entry.by().displayName());
        }

        Moment moment() {
            return new Moment(entry.at(), now);
        }

        List<TokenChanges.Change> changes() {
            return TokenChanges.between(entry.before(), entry.after());
        }
    }
}
