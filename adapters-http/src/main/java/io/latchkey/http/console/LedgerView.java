package io.latchkey.http.console;

import io.latchkey.application.LedgerHealth;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.TokenName;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ledger, the newest entries first, with what each changed. */
final class LedgerView implements Page {
    static final String PLACE = "ledger";

    private static final int PAGE = 50;
    private static final int SEARCHED = 20_000;
    private static final int MOST_DIGITS = 15;
    private static final List<String> FILTERS = List.of("token", "actor", "kind");

    private final TokenAuthority authority;

    LedgerView(TokenAuthority authority) {
        this.authority = authority;
    }

    /**
     * What the template shows.
     *
     * @param filters those that are given
     */
    record Shown(
            Frame frame,
            Map<String, String> filters,
            LedgerSearch.Found found,
            LedgerHealth health,
            long length,
            Instant now) {
        List<EntryRow> rows() {
            return found.entries().stream()
                    .map(entry -> new EntryRow(entry, now))
                    .toList();
        }

        String value(String name) {
            return filters.getOrDefault(name, "");
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
        if (visit.path().size() != 1) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        FormFields query = visit.query();
        long length = authority.statistics().ledgerLength();
        LedgerSearch search = new LedgerSearch(
                given(query, "token").map(TokenName::new),
                given(query, "actor"),
                given(query, "kind").map(Set::of).orElse(Set.of()),
                given(query, "before")
                        .map(LedgerView::revision)
                        .map(before -> Math.min(before, length))
                        .orElse(length));
        Shown shown = new Shown(
                visit.frame("Ledger"),
                FILTERS.stream().filter(query::has).collect(Collectors.toMap(name -> name, query::text)),
                search.newest(visit.signedIn().access().ledger(), PAGE, SEARCHED),
                authority.ledgerHealth(),
                length,
                visit.now());
        return Html.page(output -> JteledgerGenerated.render(output, null, shown));
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
            return entry.after().map(token -> "/console/" + TokenPage.path(token.name()));
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
