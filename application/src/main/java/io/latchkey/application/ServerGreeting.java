package io.latchkey.application;

import java.time.Instant;
import java.util.Optional;

/**
 * What a server says of itself to whoever comes by.
 *
 * @param product its name and version; empty if it tells that only to the holder of a token
 * @param date its clock, to the second; empty if it does not say
 */
public record ServerGreeting(Optional<String> product, Optional<Instant> date) {}
