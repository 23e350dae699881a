package io.latchkey.cli.terminal;

import java.lang.reflect.Proxy;

/**
 * The signal HUP, by which a server is told to read its files again; without this it would end the process.
 *
 * <p>Java hears of signals only by {@code sun.misc.Signal}, of which its compiler warns without a way to say that it is
 * meant: so it is called by its name.
 */
public final class HangupSignal {
    private HangupSignal() {}

    /** Has something done at each signal from now on; on a thread of its own. */
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
