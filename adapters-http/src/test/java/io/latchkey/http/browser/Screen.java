package io.latchkey.http.browser;

import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/** Widths of screens in CSS pixels: a small telephone or 400 % zoom, a tablet, a computer. */
enum Screen {
    NARROW(320),
    MIDDLE(768),
    WIDE(1280);

    final int width;

    Screen(int width) {
        this.width = width;
    }

    void set(ChromeDriver driver) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }
}
