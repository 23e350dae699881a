package io.latchkey.http.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a browser noted of its pages: violations of their policy, errors of their script, requests to another origin. */
final class Complaints {
    /** An error page, which tests ask for on purpose. */
    private static final String STATUS = "the server responded with a status of";

    private Complaints() {}

    static void assertNone(ChromeDriver driver, String origin) {
        assertThat(messages(driver)).isEmpty();
        assertThat(foreignRequests(driver, origin)).isEmpty();
    }

    /** Messages of the browser since the last call. */
    static List<String> messages(ChromeDriver driver) {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains(STATUS))
                .toList();
    }

    /** Requests of pages to another origin, since the last call. The browser's own pages ask for what they like. */
    static List<String> foreignRequests(ChromeDriver driver, String origin) {
        List<String> foreign = new ArrayList<>();
        int own = 0;
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            Map<?, ?> message = in(new Json().toType(entry.getMessage(), Json.MAP_TYPE), "message");
            if ("Network.requestWillBeSent".equals(message.get("method"))) {
                Map<?, ?> params = in(message, "params");
                String document = String.valueOf(params.get("documentURL"));
                String url = String.valueOf(in(params, "request").get("url"));
                if (url.startsWith(origin + "/")) {
                    own++;
                } else if (document.startsWith("http")) {
                    foreign.add(url + " of " + document);
                }
            }
        }
        assertThat(own).as("requests in the log").isPositive();
        return foreign;
    }

    private static Map<?, ?> in(Map<?, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> inner ? inner : Map.of();
    }
}
