/**
 * Users' SQL about token metadata, whatever store the tokens are in.
 *
 * <p>A query runs in a private database in memory that has only the table {@code system.tokens}. Each statement is compiled
 * first, and refused unless all its instructions are known to be harmless. Uses {@code sqlite} only for connections. Begin with
 * {@link io.latchkey.persistence.sandbox.SandboxedQueries}.
 */
@NullMarked
package io.latchkey.persistence.sandbox;

import org.jspecify.annotations.NullMarked;
