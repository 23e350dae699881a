package io.latchkey.persistence.model;

import io.latchkey.persistence.model.ModelChange.Kind;
import java.util.Set;

/**
 * How large the visited part of the model is.
 *
 * @param names the operator's and others
 * @param changes entries of the ledger at most
 * @param ticks how often time passes at most
 * @param crashes how many processes end at most
 * @param kinds of changes
 * @param conditions whether changes may demand a version
 * @param holders whether changes may be asked for with a secret
 */
record Bounds(
        int processes,
        int names,
        int changes,
        int ticks,
        int crashes,
        Set<Kind> kinds,
        boolean conditions,
        boolean holders) {}
