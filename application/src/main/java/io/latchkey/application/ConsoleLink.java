package io.latchkey.application;

import java.net.URI;
import java.time.Instant;

/** A link that signs in to the web console of a server, once, with the token that asked for it. */
public record ConsoleLink(URI url, Instant expiresAt) {}
