/**
 * A model of the token store and of the processes that use it: all its states up to a size are visited and checked, and its
 * behaviours are replayed against the real stores.
 */
package io.latchkey.persistence.model;
