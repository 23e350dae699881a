package io.latchkey.cli.serve;

import io.latchkey.application.SelfRotation;
import io.latchkey.application.StoreLocation;
import io.latchkey.cli.terminal.ListenAddress;
import io.latchkey.domain.ExpiryPolicy;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of a server that was given no option, on a free port. */
public final class DefaultSettings {
    private DefaultSettings() {}

    public static ServerSettings of(Path database) {
        return new ServerSettings(
                new StoreLocation.File(database),
                new ListenAddress("127.0.0.1", 0),
                Optional.empty(),
                ServerSettings.RemoteBootstrap.REFUSED,
                AuthenticationSettings.DEFAULT,
                PreconfiguredTokens.NONE,
                Optional.empty(),
                ForwardAuthSettings.DEFAULT,
                new ConsoleSettings(ConsoleSettings.Mode.ON, Optional.empty()),
                Optional.empty(),
                ExpiryPolicy.NONE,
                SelfRotation.ALLOWED,
                Optional.empty(),
                LogFormat.TEXT);
    }
}
