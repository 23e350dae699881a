package io.latchkey.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** nginx with what {@code latchkey config nginx} prints, in the http block of a configuration that says only where to. */
class NginxIT extends RoutingRecipe {
    @Override
    String program() {
        return "nginx";
    }

    @Override
    DebianProgram start(ProxyTestBed stage, String... options) throws Exception {
        Path folder = stage.folder;
        stage.printGuard("nginx", folder.resolve("latchkey.conf"), options);
        Files.writeString(folder.resolve("nginx.conf"), """
                user %s;
                daemon off;
                pid nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include latchkey.conf;
                }
                """.formatted(System.getProperty("user.name")));
        return DebianProgram.start(
                folder, stage.port, Map.of(), "nginx", "-p", folder.toString(), "-e", "stderr", "-c", "nginx.conf");
    }
}
