package io.latchkey.http.browser;

import io.latchkey.application.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debian's Firefox. Parts of a page are named by what is written on them. */
final class Firefox implements AutoCloseable {
    private static final Path BROWSER = Path.of("/usr/bin/firefox-esr");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private final Process process;
    private final Marionette marionette;

    Firefox() throws IOException {
        Path profile = Files.createTempDirectory("firefox");
        Files.writeString(profile.resolve("user.js"), """
                user_pref("marionette.port", 0);
                user_pref("app.update.disabledForTesting", true);
                user_pref("browser.shell.checkDefaultBrowser", false);
                user_pref("datareporting.policy.dataSubmissionEnabled", false);
                user_pref("intl.accept_languages", "en-GB");
                """);
        ProcessBuilder start = new ProcessBuilder(
                        BROWSER.toString(),
                        "--headless",
                        "--no-remote",
                        "--marionette",
                        "--remote-allow-system-access",
                        "--profile",
                        profile.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        start.environment().put("HOME", profile.toString());
        process = start.start();
        Path port = profile.resolve("MarionetteActivePort");
        Eventually.until(() -> hasText(port));
        marionette = new Marionette(Integer.parseInt(Files.readString(port).strip()));
        marionette.ask("WebDriver:NewSession", Map.of("capabilities", Map.of()));
    }

    private static boolean hasText(Path file) {
        try {
            return Files.exists(file) && Files.size(file) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether there is one, or its absence is a failure: where {@code CI} is {@code true}, nothing is left out unseen. */
    static boolean isWanted() {
        return Files.isExecutable(BROWSER) || "true".equals(System.getenv("CI"));
    }

    /** As it was at first: no cookies, nothing noted, and pages run scripts or do not. */
    void renew(Script script) {
        chrome("gBrowser.selectedBrowser.browsingContext.allowJavascript = " + (script == Script.RUNS));
        chrome("Services.cookies.removeAll(); Services.console.reset()");
    }

    /** Whether pages run scripts. */
    enum Script {
        RUNS,
        IS_OFF
    }

    /** What the browser noted of broken policies since {@link #renew}. */
    List<?> complaints() {
        return chrome("return Services.console.getMessageArray().map(String).filter((text) => text.includes('Policy'))")
                .map(List.class::cast)
                .orElseThrow();
    }

    private Optional<Object> chrome(String script) {
        marionette.ask("Marionette:SetContext", Map.of("value", "chrome"));
        Optional<Object> result = run(script);
        marionette.ask("Marionette:SetContext", Map.of("value", "content"));
        return result;
    }

    /** What a script of the test, not of the page, results in. */
    Optional<Object> run(String script) {
        return marionette.ask("WebDriver:ExecuteScript", Map.of("script", script, "args", List.of()));
    }

    void open(String url) {
        marionette.ask("WebDriver:Navigate", Map.of("url", url));
    }

    /** Goes back, also to a page that the browser would have to ask for with the form it sent, and does not. */
    void back() {
        try {
            marionette.ask("WebDriver:Back", Map.of());
        } catch (AssertionError e) {
            if (!String.valueOf(e.getMessage()).contains("e=notCached")) {
                throw e;
            }
        }
    }

    String url() {
        return text(marionette.ask("WebDriver:GetCurrentURL", Map.of()));
    }

    String source() {
        return text(marionette.ask("WebDriver:GetPageSource", Map.of()));
    }

    /** What is to be read in a part. */
    String read(String selector) {
        return text(marionette.ask("WebDriver:GetElementText", Map.of("id", find("css selector", selector))));
    }

    /** Presses a button or follows a link, and waits for the page to which it leads. */
    void press(String text) {
        String part = find("xpath", "//*[self::a or self::button][normalize-space()=" + Text.literal(text) + "]");
        marionette.ask("WebDriver:ElementClick", Map.of("id", part));
    }

    /** Writes into the field with a label, instead of what is in it. */
    void fill(String label, String text) {
        String labels = "//label[normalize-space()=" + Text.literal(label) + "]";
        String field = find("xpath", "//*[@id=" + labels + "/@for]");
        marionette.ask("WebDriver:ElementClear", Map.of("id", field));
        marionette.ask("WebDriver:ElementSendKeys", Map.of("id", field, "text", text));
    }

    private String find(String using, String value) {
        Object found = marionette
                .ask("WebDriver:FindElement", Map.of("using", using, "value", value))
                .orElseThrow();
        return String.valueOf(((Map<?, ?>) found).get(ELEMENT));
    }

    private static String text(Optional<Object> value) {
        return String.valueOf(value.orElse(""));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        marionette.close();
    }
}
