package io.latchkey.wrong.cli;

import java.lang.reflect.Proxy;

/** Breaks the rule that tests use fakes. */
final class Mocks {
    Object mock() {
        return Proxy.newProxyInstance(
                Mocks.class.getClassLoader(), new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> 0);
    }
}
