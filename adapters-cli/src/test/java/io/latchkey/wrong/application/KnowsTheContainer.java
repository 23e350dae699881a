package io.latchkey.wrong.application;

import io.micronaut.context.ApplicationContext;

/** Breaks the rule that the application knows no framework. */
record KnowsTheContainer(ApplicationContext context) {}
