package io.latchkey.http.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.openqa.selenium.chrome.ChromeDriver;

/** Looks for what keeps people out of a page, with the rules of WCAG 2.2 AA and what axe calls best practice. */
final class Axe {
    private static final String SCRIPT = script();
    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              resultTypes: ['violations'],
            }).then((results) => done(results.violations.flatMap((violation) => violation.nodes.map((node) =>
                `${violation.id}: ${node.html} ${node.failureSummary}`))), (error) => done([String(error)]));
            """;

    private Axe() {}

    static List<?> violations(ChromeDriver driver) {
        driver.executeScript("if (!window.axe) { " + SCRIPT + " }");
        return (List<?>) Objects.requireNonNull(driver.executeAsyncScript(RUN));
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
