package io.latchkey.domain;

import java.util.List;

/** What a token may do: everything, as the operator and the admin tokens, or what its permissions allow. */
public sealed interface Rights permits Rights.All, Permissions {
    /** Everything. */
    Rights ALL = new All();

    /** Whether they allow an action on one resource. */
    boolean allow(RequiredPermission required);

    /** Whether they allow an action on any resource of a type. */
    boolean allowSome(String type, String action);

    /** Whether they allow everything that others allow. */
    boolean contain(Rights others);

    /** Each permission as text; {@code *:*:*} for everything. */
    List<String> texts();

    /** Everything, which the permission {@code *:*:*} stands for. */
    record All() implements Rights {
        private static final List<String> TEXTS = List.of("*:*:*");

        @Override
        public boolean allow(RequiredPermission required) {
            return true;
        }

        @Override
        public boolean allowSome(String type, String action) {
            return true;
        }

        @Override
        public boolean contain(Rights others) {
            return true;
        }

        @Override
        public List<String> texts() {
            return TEXTS;
        }
    }
}
