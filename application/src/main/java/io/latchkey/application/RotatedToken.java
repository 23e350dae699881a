package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenSecret;

/**
 * What its owner is told of a token that was rotated, once.
 *
 * @param token as it is now, with the end of the secret before
 */
public record RotatedToken(Token token, TokenSecret secret) {}
