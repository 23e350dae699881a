/**
 * The processes that give verdicts from one shared store, and how a change waits for all of them.
 *
 * <p>Uses the JDK.
 *
 * <p>Begin with {@link io.latchkey.application.node.Nodes}.
 */
package io.latchkey.application.node;
