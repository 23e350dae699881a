package io.latchkey.http.api;

import io.latchkey.application.Fuzzer;
import io.latchkey.http.oauth.BodyFuzzTest;
import io.latchkey.http.wire.VerifyTokens;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerifyBatchControllerFuzzTest {
    @Test
    void any_body_is_read_or_rejected_with_a_message() {
        Fuzzer.json(
                        12,
                        List.of(
                                "{\"tokens\":[\"apiv3_x\",\"\"]}",
                                "{\"tokens\":[],\"permissions\":[\"a:b:c\"],\"address\":\"::1\"}",
                                "{\"tokens\":[1,null,{}]}",
                                "{}"))
                .fuzz(text -> BodyFuzzTest.foreseen(BodyFuzzTest.bytes(text), VerifyTokens::read));
    }
}
