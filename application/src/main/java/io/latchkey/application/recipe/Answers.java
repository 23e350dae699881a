package io.latchkey.application.recipe;

import io.latchkey.domain.TokenFailure;
import java.util.HashMap;
import java.util.Map;

/** Answers to the questions of a recipe, given or by default. */
record Answers(Recipe recipe, Map<Question, String> given) {
    /** Default ports of the script begin here, so that several listen addresses have several of them. */
    private static final int VERIFY_PORTS = 20_000;

    private static final int SPAN = 10_000;

    /** A template with the lines that belong to the choice about the credential, and with values for its placeholders. */
    String fill(String template) {
        String text = StripCredential.parse(answer(Question.CREDENTIAL)).lines(template);
        for (Map.Entry<String, String> value : values().entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        for (Question question : recipe.questions()) {
            String answer = answer(question);
            switch (question) {
                case LISTEN -> put(values, "listen", HttpOrigin.address(answer));
                case UPSTREAM -> put(values, "upstream", HttpOrigin.url(answer));
                case LATCHKEY -> {
                    if (UnixSocket.isOne(answer)) {
                        values.put("latchkey", UnixSocket.parse(answer).in(recipe));
                    } else {
                        put(values, "latchkey", HttpOrigin.url(answer));
                    }
                }
                case RESOURCE -> {
                    values.put("resource", answer);
                    values.put("resource.pattern", Resource.parse(answer).pattern());
                }
                case VERIFY_PORT -> values.put("verify.port", Integer.toString(differentPort(answer)));
                case DIR -> values.put("dir", answer);
                case CREDENTIAL -> {
                    // Chooses lines.
                }
            }
        }
        return values;
    }

    private int differentPort(String answer) {
        int port = HttpOrigin.port(answer);
        if (port == HttpOrigin.address(answer(Question.LISTEN)).port()) {
            throw new TokenFailure.Invalid("verify-port", "expected another port than that of the listen address");
        }
        return port;
    }

    /** Well-formed. */
    private String answer(Question question) {
        String answer = given.get(question);
        if (answer != null && recipe.questions().contains(question)) {
            return question.checked(answer);
        }
        return question == Question.VERIFY_PORT ? verifyPort() : recipe.defaultAnswer(question);
    }

    private String verifyPort() {
        int listen = HttpOrigin.address(answer(Question.LISTEN)).port();
        int port = VERIFY_PORTS + listen % SPAN;
        return Integer.toString(port == listen ? port + SPAN : port);
    }

    private static void put(Map<String, String> values, String name, HttpOrigin origin) {
        values.put(name, origin.toString());
        values.put(name + ".host", origin.host());
        values.put(name + ".port", Integer.toString(origin.port()));
    }
}
