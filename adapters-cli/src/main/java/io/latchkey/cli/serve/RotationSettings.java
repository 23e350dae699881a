package io.latchkey.cli.serve;

import io.latchkey.application.SelfRotation;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import picocli.CommandLine.Model.CommandSpec;

/** Which tokens a server lets rotate themselves. */
final class RotationSettings {
    private RotationSettings() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                CommandSpecs.flag(
                        "Refuse resource tokens to rotate themselves without the permission tokens:NAME:rotate",
                        "--no-self-rotate"),
                "LATCHKEY_NO_SELF_ROTATE"));
    }

    static SelfRotation of(Arguments arguments) {
        return arguments.flag("--no-self-rotate") ? SelfRotation.REFUSED : SelfRotation.ALLOWED;
    }
}
