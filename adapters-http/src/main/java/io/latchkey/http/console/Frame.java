package io.latchkey.http.console;

import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.Rights;
import io.latchkey.http.wire.Paths;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What every page shows around its content.
 *
 * @param place the first segment of its path, to mark it in the navigation
 * @param name of the token or owner that is signed in; empty if none is
 * @param links of the navigation, without pages that would only refuse the reader
 * @param formToken for the form that signs out
 * @param secretRefused whether the reader searched for what looks like a secret
 */
record Frame(
        String title, String place, Optional<String> name, List<Link> links, String formToken, boolean secretRefused) {
    private static final List<Link> LINKS = List.of(
            new Link("Overview", "", List.of(""), Frame::mayReadTokens),
            new Link("Your token", OwnTokenPage.PLACE, List.of(OwnTokenPage.PLACE), rights -> !mayReadTokens(rights)),
            new Link("Tokens", "tokens", List.of("tokens", TokenPage.PLACE), Frame::mayReadTokens),
            new Link(
                    "New token",
                    NewTokenPage.PLACE,
                    List.of(NewTokenPage.PLACE),
                    rights -> rights.allowSome("tokens", "create")),
            new Link(
                    "Ledger",
                    LedgerView.PLACE,
                    List.of(LedgerView.PLACE),
                    rights -> rights.allowSome("ledger", "read")),
            new Link("Guard a service", GuardPage.PLACE, List.of(GuardPage.PLACE), _ -> true),
            new Link("Check a string", CheckPage.PLACE, List.of(CheckPage.PLACE), _ -> true));

    /** The place of pages that belong to no link. */
    static final String NOWHERE = "nowhere";

    /**
     * A link in the navigation.
     *
     * @param places the first segments of the paths that belong to it
     * @param isFor whether the page is of use to a reader with some rights
     */
    record Link(String text, String path, List<String> places, Predicate<Rights> isFor) {
        String url() {
            return Paths.CONSOLE + "/" + path;
        }
    }

    private static boolean mayReadTokens(Rights rights) {
        return rights.allowSome("tokens", "read");
    }

    static Frame of(String title, String place, SignedIn who) {
        List<Link> links =
                LINKS.stream().filter(link -> link.isFor().test(who.rights())).toList();
        return new Frame(
                title, place, Optional.of(who.name()), links, who.session().formToken(), false);
    }

    /** The frame of a page for somebody who is not signed in. */
    static Frame signedOut(String title) {
        return new Frame(title, NOWHERE, Optional.empty(), List.of(), "", false);
    }

    /** The same for a page with a query. */
    Frame at(FormFields query) {
        return new Frame(title, place, name, links, formToken, SearchedSecret.wasRefused(query));
    }

    /** The name as it is shown. */
    String shownName() {
        return TerminalText.of(name.orElse(""));
    }

    boolean isAt(Link link) {
        return link.places().contains(place);
    }

    String style() {
        return Asset.STYLE.url();
    }

    String script() {
        return Asset.SCRIPT.url();
    }

    String icon() {
        return Asset.ICON.url();
    }
}
