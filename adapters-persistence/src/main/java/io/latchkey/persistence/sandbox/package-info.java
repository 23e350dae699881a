/**
 * Users' SQL about token metadata, whatever store the tokens are in.
 *
 * <p>A query gets a private database in memory that holds {@code system.tokens} and nothing else; SQLite explains each
 * statement first, and only steps that read that table are run. Uses {@code sqlite} for its connection only. Begin with
 * {@link io.latchkey.persistence.sandbox.SandboxedQueries}.
 */
@NullMarked
package io.latchkey.persistence.sandbox;

import org.jspecify.annotations.NullMarked;
