package io.latchkey.cli;

import java.nio.file.Path;
import java.util.Map;

/** HAProxy with what {@code latchkey config haproxy} and {@code haproxy-lua} print, and nothing else. */
class HaproxyIT extends RoutingRecipe {
    @Override
    String program() {
        return "haproxy";
    }

    @Override
    DebianProgram start(ProxyTestBed stage, String... options) throws Exception {
        Path folder = stage.folder;
        stage.print("haproxy-lua", folder.resolve("latchkey.lua"));
        String[] own = {"--verify-port", Integer.toString(Loopback.freePort()), "--dir", folder.toString()};
        stage.printGuard("haproxy", folder.resolve("haproxy.cfg"), GuardingRecipe.with(own, options));
        return DebianProgram.start(folder, stage.port, Map.of(), "haproxy", "-db", "-f", "haproxy.cfg");
    }
}
