package io.latchkey.http.console;

import io.latchkey.application.table.TerminalText;
import io.latchkey.http.wire.Paths;
import java.util.List;
import java.util.Optional;

/**
 * What every page shows around its content.
 *
 * @param place the first segment of its path, to mark it in the navigation
 * @param name of the token or owner that is signed in; empty if none is
 * @param formToken for the form that signs out
 * @param secretRefused whether the reader searched for what looks like a secret
 */
record Frame(String title, String place, Optional<String> name, String formToken, boolean secretRefused) {
    private static final List<Link> LINKS = List.of(
            new Link("Overview", "", List.of("")),
            new Link("Tokens", "tokens", List.of("tokens", TokenPage.PLACE)),
            new Link("New token", NewTokenPage.PLACE, List.of(NewTokenPage.PLACE)),
            new Link("Ledger", LedgerView.PLACE, List.of(LedgerView.PLACE)),
            new Link("Guard a service", GuardPage.PLACE, List.of(GuardPage.PLACE)),
            new Link("Check a string", CheckPage.PLACE, List.of(CheckPage.PLACE)));

    /** The place of pages that belong to no link. */
    static final String NOWHERE = "nowhere";

    /**
     * A link in the navigation.
     *
     * @param places the first segments of the paths that belong to it
     */
    record Link(String text, String path, List<String> places) {
        String url() {
            return Paths.CONSOLE + "/" + path;
        }
    }

    static Frame of(String title, String place, SignedIn who) {
        return new Frame(title, place, Optional.of(who.name()), who.session().formToken(), false);
    }

    /** The frame of a page for somebody who is not signed in. */
    static Frame signedOut(String title) {
        return new Frame(title, NOWHERE, Optional.empty(), "", false);
    }

    /** The same for a page with a query. */
    Frame at(FormFields query) {
        return new Frame(title, place, name, formToken, SearchedSecret.wasRefused(query));
    }

    /** The name as it is shown. */
    String shownName() {
        return TerminalText.of(name.orElse(""));
    }

    List<Link> links() {
        return name.isPresent() ? LINKS : List.of();
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
