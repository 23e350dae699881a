package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FatalErrorsTest {
    private static List<Throwable> handedOver(Throwable failure) throws InterruptedException {
        List<Throwable> all = new ArrayList<>();
        Thread thread = new Thread(() -> FatalErrors.check(failure));
        thread.setUncaughtExceptionHandler((_, error) -> all.add(error));
        thread.start();
        thread.join();
        return all;
    }

    @Test
    void only_an_error_after_which_the_process_must_stop_is_handed_over() throws InterruptedException {
        OutOfMemoryError fatal = new OutOfMemoryError("made");
        assertThat(handedOver(fatal)).containsExactly(fatal);
        assertThat(handedOver(new IllegalStateException(new IllegalStateException(fatal))))
                .containsExactly(fatal);
        assertThat(handedOver(new IllegalStateException(new StackOverflowError())))
                .isEmpty();
        assertThat(handedOver(new NoClassDefFoundError())).isEmpty();
    }
}
