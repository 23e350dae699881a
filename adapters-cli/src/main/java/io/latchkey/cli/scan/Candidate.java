package io.latchkey.cli.scan;

import io.latchkey.domain.SecretScanner.Confidence;
import io.latchkey.domain.TokenSecret;

/**
 * A text that looks like a secret, and where it stands.
 *
 * @param place the name of a file, as a person would find it
 * @param line from 1
 */
record Candidate(String place, long line, TokenSecret secret, Confidence proof) {}
