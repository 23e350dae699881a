package io.latchkey.cli.scan;

import io.latchkey.domain.SecretScanner.Confidence;
import io.latchkey.domain.TokenSecret;

/**
 * A text that looks like a secret, and its position.
 *
 * @param place name of the file
 * @param line from 1
 */
record Candidate(String place, long line, TokenSecret secret, Confidence proof) {}
