package io.latchkey.cli;

import java.security.SecureRandom;
import java.util.Random;

/** Dice that fall the same way every time. */
@SuppressWarnings("serial") // never serialized
final class PredictableRandom extends SecureRandom {
    private final Random seeded = new Random(1);

    @Override
    public void nextBytes(byte[] bytes) {
        // The constructor of the parent asks before the seed is there.
        if (seeded != null) {
            seeded.nextBytes(bytes);
        }
    }
}
