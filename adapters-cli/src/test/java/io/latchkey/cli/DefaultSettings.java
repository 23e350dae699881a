package io.latchkey.cli;

import io.latchkey.domain.ExpiryPolicy;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of a server that was given no option, on a free port. */
final class DefaultSettings {
    private DefaultSettings() {}

    static ServerSettings of(Path database) {
        return new ServerSettings(
                new Location.Local(database),
                new BindAddress("127.0.0.1", 0),
                Optional.empty(),
                ServerSettings.RemoteBootstrap.REFUSED,
                AccessSettings.USUAL,
                TokenSettings.NONE,
                Optional.empty(),
                GuardSettings.USUAL,
                ExpiryPolicy.NONE,
                Optional.empty(),
                LogFormat.TEXT);
    }
}
