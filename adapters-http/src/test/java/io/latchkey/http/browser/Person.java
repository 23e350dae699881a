package io.latchkey.http.browser;

import io.latchkey.application.Eventually;
import io.latchkey.http.RunningServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/**
 * A person in front of a browser, and the server that it shows. Parts of a page are named as a person names them: by what is
 * written on them.
 */
final class Person {
    private static final String PRESSABLE = "//*[self::a or self::button or self::summary]";

    private final RunningServer server = new RunningServer(Map.of());
    private final ChromeDriver driver;
    private Optional<Scene> scene = Optional.empty();
    private Hand hand = Way.MOUSE.hand();

    Person(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Ends the server, after the browser was asked for what it noted. */
    void leave() {
        try {
            Complaints.assertNone(driver, origin());
        } finally {
            server.close();
        }
    }

    RunningServer server() {
        return server;
    }

    /** What the server has, created by the first call. */
    Scene scene() {
        if (scene.isEmpty()) {
            scene = Optional.of(Scene.of(server));
        }
        return scene.get();
    }

    ChromeDriver browser() {
        return driver;
    }

    String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Uses the browser in some way from now on. */
    void use(Way way) {
        hand = way.hand();
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", way == Way.WITHOUT_SCRIPT));
    }

    /** Goes to a page of the console by its path below {@code /console/}. */
    void open(String path) {
        driver.get(origin() + "/console/" + path);
    }

    /** Signs in with a secret. */
    void signIn(String secret) {
        open("sign-in");
        fill("Secret of a token", secret);
        press("Sign in");
    }

    /** Presses what leads to another page, and waits for it. */
    void press(String text) {
        WebElement page = driver.findElement(By.tagName("html"));
        tap(text);
        Eventually.until(() -> isLeft(page));
    }

    private static boolean isLeft(WebElement page) {
        try {
            return page.getTagName().isEmpty();
        } catch (StaleElementReferenceException e) {
            return true;
        } catch (WebDriverException e) {
            return false; // on its way
        }
    }

    /** Presses what changes this page. */
    void tap(String text) {
        hand.press(driver, shown(By.xpath(PRESSABLE + "[normalize-space()=" + Text.literal(text) + "]")));
    }

    private WebElement shown(By by) {
        List<WebElement> found =
                driver.findElements(by).stream().filter(WebElement::isDisplayed).toList();
        if (found.isEmpty()) {
            throw new AssertionError("not on the page: " + by + " in\n" + text());
        }
        return found.getFirst();
    }

    /** Writes into the field with a label, instead of what is in it. */
    void fill(String label, String text) {
        hand.enter(driver, field(label));
        new Actions(driver)
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .sendKeys(text.isEmpty() ? Keys.DELETE : text)
                .perform();
    }

    void choose(String label, String option) {
        hand.choose(driver, field(label), option);
    }

    void tick(String label) {
        hand.tick(driver, shown(By.xpath("//label[normalize-space()=" + Text.literal(label) + "]/input")));
    }

    /** The field with a label. */
    WebElement field(String label) {
        WebElement shown = shown(By.xpath("//label[normalize-space()=" + Text.literal(label) + "]"));
        return driver.findElement(By.id(Objects.requireNonNull(shown.getDomAttribute("for"))));
    }

    /** The secret that the page shows. */
    String secret() {
        String shown = shown(By.id("secret")).getText();
        if (!shown.matches("apiv3_[A-Za-z0-9_-]{86}")) {
            throw new AssertionError("no secret: " + shown);
        }
        return shown;
    }

    /** Does something in another tab of the same browser, and comes back. */
    void otherTab(Runnable work) {
        String here = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        work.run();
        driver.close();
        driver.switchTo().window(here);
    }

    /** What is to be read on the page. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** The path of the page below {@code /console/}, with its query. */
    String place() {
        String url = String.valueOf(driver.getCurrentUrl());
        String console = origin() + "/console/";
        if (!url.startsWith(console)) {
            throw new AssertionError("not in the console: " + url);
        }
        return url.substring(console.length());
    }
}
