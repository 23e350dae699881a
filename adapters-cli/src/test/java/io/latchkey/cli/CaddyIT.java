package io.latchkey.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Caddy with what {@code latchkey config caddy} prints, as the only site. */
class CaddyIT extends RoutingRecipe {
    @Override
    String program() {
        return "caddy";
    }

    @Override
    DebianProgram start(ProxyTestBed stage, String... options) throws Exception {
        Path folder = stage.folder;
        stage.printGuard("caddy", folder.resolve("latchkey.caddy"), options);
        Files.writeString(folder.resolve("Caddyfile"), """
                {
                	admin off
                }
                import latchkey.caddy
                """);
        return DebianProgram.start(
                folder,
                stage.port,
                Map.of("XDG_DATA_HOME", folder.toString(), "XDG_CONFIG_HOME", folder.toString()),
                "caddy",
                "run",
                "--config",
                "Caddyfile");
    }
}
