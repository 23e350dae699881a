package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualTest {
    private static final Map<String, String> PAGES = Manual.pages("2026-01-01");

    @TempDir
    Path folder;

    @Test
    void there_is_a_page_for_latchkey_and_for_every_command_that_does_something() {
        assertThat(PAGES)
                .containsKeys("latchkey", "latchkey-create-token", "latchkey-show-tokens", "latchkey-serve")
                .doesNotContainKeys("latchkey-create", "latchkey-show");
    }

    @Test
    void a_page_tells_what_the_help_tells() throws Exception {
        String page = rendered("latchkey-create-token");
        assertThat(page)
                .contains("latchkey-create-token - create a new auth token, or regenerate the operator token")
                .contains("latchkey create token --admin [OPTIONS]")
                .contains("-y, --yes")
                .contains("--expiry DURATION")
                .contains("LATCHKEY_TOKEN, INFLUXDB3_AUTH_TOKEN")
                .contains("latchkey create token --admin --name ci --format token > ci.token");
        assertThat(rendered("latchkey")).contains("latchkey-create-token(1)").contains("create token");
    }

    @Test
    void formatters_have_nothing_to_object_to() throws Exception {
        for (Map.Entry<String, String> page : PAGES.entrySet()) {
            Path file = Files.writeString(folder.resolve(page.getKey() + ".1"), page.getValue());
            assertThat(new Program("mandoc").run(folder, "-T", "lint", "-W", "warning", file.toString()))
                    .as(page.getKey())
                    .isEmpty();
            assertThat(new Program("groff").run(folder, "-man", "-T", "utf8", "-ww", "-z", file.toString()))
                    .as(page.getKey())
                    .isEmpty();
        }
    }

    /** The page as it is read, without what makes it bold. */
    private String rendered(String name) throws Exception {
        Files.writeString(folder.resolve(name + ".1"), PAGES.get(name));
        return new Program("mandoc")
                .run(folder, "-T", "utf8", "-O", "width=200", name + ".1")
                .replaceAll(".\b", "");
    }
}
