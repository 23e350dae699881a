package io.latchkey.http.browser;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The mouse. */
record Mouse() implements Hand {
    @Override
    public void press(ChromeDriver driver, WebElement part) {
        part.click();
    }

    @Override
    public void enter(ChromeDriver driver, WebElement field) {
        field.click();
    }

    @Override
    public void choose(ChromeDriver driver, WebElement list, String option) {
        list.findElement(By.xpath(".//option[normalize-space()=" + Text.literal(option) + "]"))
                .click();
    }

    @Override
    public void tick(ChromeDriver driver, WebElement radio) {
        radio.click();
    }
}
