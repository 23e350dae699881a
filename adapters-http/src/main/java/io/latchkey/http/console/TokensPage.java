package io.latchkey.http.console;

import io.latchkey.application.FoundTokens;
import io.latchkey.application.TokenAuthority;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** All tokens that the token that signed in may see, filtered, sorted and in pages. */
final class TokensPage implements Page {
    static final String PLACE = "tokens";

    private final TokenAuthority authority;

    TokensPage(TokenAuthority authority) {
        this.authority = authority;
    }

    /** A choice of the form, and a value of it; the first value is that of no choice. */
    record Choice(String name, String label, List<Option> options) {}

    record Option(String value, String text) {}

    /** A column by which the list can be sorted. */
    record Column(String name, String label, boolean numeric) {}

    private static final List<Choice> CHOICES = List.of(
            new Choice(
                    "state",
                    "State",
                    List.of(
                            new Option("", "Any"),
                            new Option("active", "Active"),
                            new Option("disabled", "Disabled"),
                            new Option("expired", "Expired"))),
            new Choice(
                    "kind",
                    "Kind",
                    List.of(
                            new Option("", "Any"),
                            new Option("resource", "Resource"),
                            new Option("admin", "Admin"),
                            new Option("operator", "Operator"))),
            new Choice(
                    "expiring",
                    "Expires",
                    List.of(
                            new Option("", "Any time"),
                            new Option("7d", "Within 7 days"),
                            new Option("30d", "Within 30 days"),
                            new Option("90d", "Within 90 days"))),
            new Choice(
                    "unused",
                    "Not used",
                    List.of(
                            new Option("", "Any time"),
                            new Option("7d", "For 7 days"),
                            new Option("30d", "For 30 days"),
                            new Option("90d", "For 90 days"),
                            new Option("365d", "For a year"))));

    private static final List<Column> COLUMNS = List.of(
            new Column("name", "Name", false),
            new Column("kind", "Kind", false),
            new Column("owner", "Owner", false),
            new Column("expiry", "Expires", false),
            new Column("last_used", "Last used", false),
            new Column("created", "Created", false),
            new Column("uses", "Uses", true));

    /** What the template shows. */
    record Shown(Frame frame, String done, TokenListQuery query, FoundTokens found, Instant now) {
        List<TokenRow> rows() {
            return found.tokens().stream()
                    .map(listed -> TokenRow.of(listed, now))
                    .toList();
        }

        List<Choice> choices() {
            return CHOICES;
        }

        List<Column> columns() {
            return COLUMNS;
        }

        String number(long number) {
            return String.format(Locale.ENGLISH, "%,d", number);
        }

        String count(int tokens) {
            return number(tokens) + (tokens == 1 ? " token" : " tokens");
        }

        int first() {
            return found.tokens().isEmpty() ? 0 : query.from() + 1;
        }

        int last() {
            return query.from() + found.tokens().size();
        }

        boolean hasEarlier() {
            return query.from() > 0;
        }

        boolean hasLater() {
            return last() < found.matches() && !found.tokens().isEmpty();
        }

        String earlier() {
            return query.startingAt(query.from() - TokenListQuery.PAGE);
        }

        String later() {
            return query.startingAt(query.from() + TokenListQuery.PAGE);
        }
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        if (visit.path().size() != 1) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        TokenListQuery query = TokenListQuery.of(visit.query());
        FoundTokens found = authority.search(visit.signedIn().actor(), query.search());
        Shown shown = new Shown(visit.frame("Tokens"), visit.done(), query, found, visit.now());
        return Html.page(output -> JtetokensGenerated.render(output, null, shown));
    }
}
