package io.latchkey.application;

import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;

/**
 * A token to create.
 *
 * @param attributes {@link Attributes#ADMIN} for an admin token; with permissions for a resource token
 */
public record NewToken(TokenName name, Lifetime lifetime, Description description, Attributes attributes) {}
