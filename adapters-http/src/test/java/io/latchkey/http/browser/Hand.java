package io.latchkey.http.browser;

import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** What a person can do with a part of a page, by mouse or by keyboard. */
sealed interface Hand permits Mouse, Keyboard {
    /** Presses a button, follows a link, opens or closes details. */
    void press(ChromeDriver driver, WebElement part);

    /** Puts the cursor into a field. */
    void enter(ChromeDriver driver, WebElement field);

    /** Chooses an option of a list. */
    void choose(ChromeDriver driver, WebElement list, String option);

    /** Chooses one of several radio buttons. */
    void tick(ChromeDriver driver, WebElement radio);
}
