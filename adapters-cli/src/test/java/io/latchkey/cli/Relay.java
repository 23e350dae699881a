package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** The wire between a program and Latchkey: hears what is asked, and can be cut or go dead. */
final class Relay extends Loopback {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private volatile int target = 1;
    private volatile boolean dead;

    Relay() throws IOException {}

    void leadTo(int port) {
        target = port;
    }

    /** Nothing arrives any more, and nobody is told. */
    void goDead() {
        dead = true;
    }

    /** What is said from now on arrives. */
    void revive() {
        dead = false;
    }

    /** All that was asked. */
    String heard() {
        synchronized (heard) {
            return heard.toString(ISO_8859_1);
        }
    }

    @Override
    void talk(Socket asking) throws IOException {
        try (Socket latchkey = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread.ofVirtual().start(() -> answer(latchkey, asking));
            byte[] bytes = new byte[8192];
            for (int read = asking.getInputStream().read(bytes);
                    read >= 0;
                    read = asking.getInputStream().read(bytes)) {
                synchronized (heard) {
                    heard.write(bytes, 0, read);
                }
                if (!dead) {
                    latchkey.getOutputStream().write(bytes, 0, read);
                }
            }
        }
    }

    private static void answer(Socket latchkey, Socket asking) {
        try (asking) {
            latchkey.getInputStream().transferTo(asking.getOutputStream());
        } catch (IOException e) {
            // Either of them went away.
        }
    }
}
