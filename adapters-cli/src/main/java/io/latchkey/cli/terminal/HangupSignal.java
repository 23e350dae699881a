package io.latchkey.cli.terminal;

import java.lang.reflect.Proxy;

/**
 * The signal HUP, which reloads the files of a server; without a handler it would end the process.
 *
 * <p>Java receives signals only through {@code sun.misc.Signal}. It is used by reflection, because the compiler's
 * warning about it cannot be suppressed.
 */
public final class HangupSignal {
    private HangupSignal() {}

    /** Runs an action at each signal, on a separate thread. */
    public static void handle(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            Object handling = Proxy.newProxyInstance(
                    HangupSignal.class.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            task.run();
                        }
                        return null;
                    });
            var _ = signal.getMethod("handle", signal, handler).invoke(null, hangUp, handling);
        } catch (ReflectiveOperationException e) {
            // There is no such signal here, or it is not left to us: then nobody sends it, or it does what it always
            // did.
            return;
        }
    }
}
