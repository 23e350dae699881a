package io.latchkey.http.browser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/** What colours a person prefers. */
enum Scheme {
    LIGHT,
    DARK;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Sets it for a person who wants no motion: colours that are on their way to others have no contrast to judge. */
    void set(ChromeDriver driver) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(feature("prefers-color-scheme", word()), feature("prefers-reduced-motion", "reduce"))));
    }

    private static Map<String, String> feature(String name, String value) {
        return Map.of("name", name, "value", value);
    }
}
