package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed is stored as it is typed, and what programs read is written alike, whatever the locale. */
class LocaleIT {
    private static final Path IMAGE = BuiltImage.ROOT;

    @TempDir
    Path folder;

    private String bash(String script) throws Exception {
        return new Program("bash")
                .run(
                        folder,
                        "-c",
                        "export LATCHKEY_DB=db; latchkey='" + IMAGE + "/bin/latchkey'; "
                                + "java() { '" + IMAGE + "/runtime/bin/java' -Dorg.sqlite.lib.path='" + IMAGE
                                + "/lib/native' -cp '" + IMAGE + "/lib/*:" + IMAGE
                                + "/lib/command/*' io.latchkey.cli.Main \"$@\"; }; "
                                + script);
    }

    @Test
    void a_locale_that_is_not_installed_damages_nothing() throws Exception {
        assertThat(bash("export LC_ALL=xx_YY.UTF-8; \"$latchkey\" create token --admin --name Müller --format json"))
                .contains("\"name\": \"Müller\"");
        assertThat(bash("export LC_ALL=xx_YY.UTF-8; LATCHKEY_DB=größe \"$latchkey\" show tokens"))
                .contains("there is no database file", "größe");
    }

    @Test
    void ascii_damages_nothing_without_the_launcher() throws Exception {
        assertThat(bash("LC_ALL=C java create token --admin --name Müller --description 鍵 --format json"))
                .contains("\"name\": \"Müller\"");
        assertThat(bash("LC_ALL=C java show tokens --format csv")).contains(",鍵,");
        assertThat(bash("LC_ALL=C java create token --admin --name Zoë --format json -- 2>&1; echo $?"))
                .contains("\"name\": \"Zoë\"")
                .doesNotContain("\uFFFD");
    }

    @Test
    void what_is_not_utf_8_is_refused() throws Exception {
        for (String command : new String[] {"\"$latchkey\"", "java", "LC_ALL=C java"}) {
            assertThat(bash(command + " create token --admin --name $'M\\xfcller'; echo $?"))
                    .endsWith("2\n")
                    .contains("UTF-8");
        }
        assertThat(folder.resolve("db")).doesNotExist();
    }

    @Test
    void numbers_for_programs_have_ascii_digits() throws Exception {
        String arabic = "export JDK_JAVA_OPTIONS='-Duser.language=ar -Duser.country=EG'; ";
        assertThat(bash(arabic + "java create token --admin --format json")).contains("\"id\": 0,");
        assertThat(bash(arabic + "java create token --admin --name ci --format json"))
                .contains("\"id\": 1,");
        assertThat(bash(arabic + "java rotate token --token-name ci --grace 1h --format json"))
                .contains("\"generation\": 2,");
        assertThat(bash(arabic + "java show tokens --format json")).contains("\"token_id\":1");
    }
}
