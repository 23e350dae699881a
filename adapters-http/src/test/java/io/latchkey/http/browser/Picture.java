package io.latchkey.http.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/** Pictures of whole pages, to be looked at: {@code -Dlatchkey.pictures=FOLDER} keeps them there. */
final class Picture {
    private static final String FOLDER = System.getProperty("latchkey.pictures", "");

    private Picture() {}

    /** Takes a picture on each screen and in all colours. */
    static void takeAll(ChromeDriver driver, String name) {
        if (FOLDER.isEmpty()) {
            return;
        }
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        for (Screen screen : Screen.values()) {
            screen.set(driver);
            for (Scheme scheme : Scheme.values()) {
                scheme.set(driver);
                take(driver, name + "-" + scheme.word() + "-" + screen.width);
            }
        }
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", false));
    }

    private static void take(ChromeDriver driver, String name) {
        Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        try {
            Files.write(
                    Files.createDirectories(Path.of(FOLDER)).resolve(name + ".png"),
                    Base64.getDecoder().decode(String.valueOf(data)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
