package io.latchkey.persistence.model;

/** A set of numbers that takes 16 to 32 bytes for each. */
final class LongSet {
    private long[] slots = new long[1 << 16];
    private int size;

    /** Whether it was not yet in the set. */
    boolean add(long value) {
        if (size * 2 >= slots.length) {
            long[] old = slots;
            slots = new long[old.length * 2];
            for (long each : old) {
                if (each != 0) {
                    slots[slot(each)] = each;
                }
            }
        }
        long some = value == 0 ? 1 : value; // 0 marks a free slot
        int slot = slot(some);
        if (slots[slot] == some) {
            return false;
        }
        slots[slot] = some;
        size++;
        return true;
    }

    private int slot(long value) {
        int mask = slots.length - 1;
        int slot = (int) (value ^ (value >>> 32)) & mask;
        while (slots[slot] != 0 && slots[slot] != value) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
