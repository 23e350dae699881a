package io.latchkey.http.browser;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The keyboard alone: every part is reached with Tab, from where the focus is. */
record Keyboard() implements Hand {
    /** More than any page has. */
    private static final int STOPS = 400;

    @Override
    public void press(ChromeDriver driver, WebElement part) {
        goTo(driver, part);
        type(driver, Keys.ENTER);
    }

    @Override
    public void enter(ChromeDriver driver, WebElement field) {
        goTo(driver, field);
    }

    @Override
    public void choose(ChromeDriver driver, WebElement list, String option) {
        goTo(driver, list);
        type(driver, option);
    }

    @Override
    public void tick(ChromeDriver driver, WebElement radio) {
        String group = "input[type=radio][name='" + radio.getDomAttribute("name") + "']";
        goTo(driver, driver.findElement(By.cssSelector(group + ":checked")));
        for (int i = 0; i < STOPS && !radio.isSelected(); i++) {
            type(driver, Keys.ARROW_DOWN);
        }
    }

    private static void goTo(ChromeDriver driver, WebElement part) {
        for (int i = 0; i < STOPS; i++) {
            if (driver.switchTo().activeElement().equals(part)) {
                return;
            }
            type(driver, Keys.TAB);
        }
        throw new AssertionError("not reached with Tab: " + part.getText() + " " + part.getDomProperty("outerHTML"));
    }

    private static void type(ChromeDriver driver, CharSequence keys) {
        new Actions(driver).sendKeys(keys).perform();
    }
}
