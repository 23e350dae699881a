package io.latchkey.http.browser;

import java.util.List;
import java.util.Objects;
import org.openqa.selenium.chrome.ChromeDriver;

/** How a page lies on a screen. */
final class Layout {
    /** Parts that stick out of the window, or out of what scrolls them; and words that are broken into pieces. */
    private static final String FAULTS = """
            const faults = [];
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth > width) {
              faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
            }
            const scrolls = (part) => part && (getComputedStyle(part).overflowX !== 'visible' || scrolls(part.parentElement));
            for (const part of document.body.querySelectorAll('*')) {
              const box = part.getBoundingClientRect();
              if (part.checkVisibility() && box.width > 1 && box.right > width + 0.5 && !scrolls(part.parentElement)) {
                faults.push(`sticks out: ${part.outerHTML.slice(0, 120)}`);
              }
            }
            for (const part of document.querySelectorAll('.scroll')) {
              if (part.scrollWidth > part.clientWidth) {
                faults.push(`scrolls sideways: ${part.outerHTML.slice(0, 120)}`);
              }
            }
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            while (texts.nextNode()) {
              const text = texts.currentNode;
              for (const word of text.data.matchAll(/(?<=^|\\s)[A-Za-z]{2,15}(?=[\\s.,:;]|$)/g)) {
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].filter((box) => box.width > 1).map((box) => box.top));
                if (lines.size > 1) {
                  faults.push(`in pieces: ${word[0]} in ${text.parentElement.outerHTML.slice(0, 120)}`);
                }
              }
            }
            return faults;
            """;

    private Layout() {}

    static List<?> faults(ChromeDriver driver) {
        return (List<?>) Objects.requireNonNull(driver.executeScript(FAULTS));
    }
}
