package io.latchkey.http.browser;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Person}, who in the end has nothing to complain of.
 *
 * <p>Where no browser is installed there is nothing to be tested, which is no failure on anybody's own machine; but where
 * {@code CI} is {@code true}, nothing may be left out unseen.
 */
final class Browsing implements ExecutionCondition, ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(Browsing.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        return Chromium.isInstalled() || "true".equals(System.getenv("CI"))
                ? ConditionEvaluationResult.enabled("")
                : ConditionEvaluationResult.disabled("chromium and chromium-driver are not installed");
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Person.class;
    }

    @Override
    public Person resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(HERE)
                .getOrComputeIfAbsent(Person.class, _ -> new Person(Chromium.shared(test)), Person.class);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Person person = test.getStore(HERE).get(Person.class, Person.class);
        if (person != null) {
            person.leave();
        }
    }
}
