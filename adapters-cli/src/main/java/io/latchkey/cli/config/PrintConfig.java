package io.latchkey.cli.config;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.domain.TokenFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** {@code config PROGRAM}: prints a configuration for another program. */
public record PrintConfig(ConfigTemplate template) implements Command {
    private static final HttpOrigin LISTEN = new HttpOrigin("127.0.0.1", 8080);
    private static final HttpOrigin UPSTREAM = new HttpOrigin("127.0.0.1", 9000);
    private static final HttpOrigin LATCHKEY = new HttpOrigin("127.0.0.1", 8181);
    private static final Pattern FOLDER = Pattern.compile("(/[A-Za-z0-9._+-]+)+");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(this, template.program(), template.about() + ".");
        if (template.guards()) {
            spec.addOption(CommandSpecs.value(
                    "<HOST:PORT>", "Address where the program listens (default: " + LISTEN + ")", "--listen"));
            spec.addOption(CommandSpecs.value(
                    "<URL>", "URL of the service to guard (default: http://" + UPSTREAM + ")", "--upstream"));
            StripCredential.addTo(spec);
        }
        if (template.asksForPermissions()) {
            spec.addOption(CommandSpecs.value(
                    "<TYPE:NAME>",
                    "Resource for which tokens need a permission (default: " + template.resource() + ")",
                    "--resource"));
        }
        if (template.namesLatchkey()) {
            spec.addOption(
                    CommandSpecs.value("<URL>", "URL of Latchkey (default: http://" + LATCHKEY + ")", "--latchkey"));
        }
        if (template.asksByScript()) {
            spec.addOption(CommandSpecs.value(
                    "<PORT>",
                    "Local port that only the script uses, to ask Latchkey (default: 20000 plus the last"
                            + " four digits of the port of --listen)",
                    "--verify-port"));
        }
        if (template.namesFiles()) {
            spec.addOption(CommandSpecs.value(
                    "<DIR>",
                    "Folder of the files that this one refers to (default: " + template.folder() + ")",
                    "--dir"));
        }
        spec.usageMessage()
                .footerHeading("%n")
                .footer("Example:", "  latchkey config " + template.program() + " > " + template.destination());
        return spec;
    }

    @Override
    public String failure() {
        return "Config command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Map<String, String> values = new HashMap<>();
        HttpOrigin listen = arguments.parse("--listen", HttpOrigin::address).orElse(LISTEN);
        put(values, "listen", listen);
        values.put(
                "verify.port",
                Integer.toString(
                        arguments.parse("--verify-port", HttpOrigin::port).orElse(20_000 + listen.port() % 10_000)));
        put(values, "upstream", arguments.parse("--upstream", HttpOrigin::url).orElse(UPSTREAM));
        put(values, "latchkey", arguments.parse("--latchkey", HttpOrigin::url).orElse(LATCHKEY));
        Resource resource = arguments.parse("--resource", Resource::parse).orElse(template.resource());
        values.put("resource", resource.toString());
        values.put("resource.pattern", resource.pattern());
        values.put("dir", arguments.parse("--dir", PrintConfig::folder).orElse(template.folder()));
        arguments.environment().out().print(template.filled(values, StripCredential.of(arguments)));
        return ExitCode.OK;
    }

    private static void put(Map<String, String> values, String name, HttpOrigin origin) {
        values.put(name, origin.toString());
        values.put(name + ".host", origin.host());
        values.put(name + ".port", Integer.toString(origin.port()));
    }

    /** A path without characters that are special in the configuration. */
    private static String folder(String text) {
        if (!FOLDER.matcher(text).matches()) {
            throw new TokenFailure.Invalid("dir", "expected an absolute path such as /etc/latchkey");
        }
        return text;
    }
}
