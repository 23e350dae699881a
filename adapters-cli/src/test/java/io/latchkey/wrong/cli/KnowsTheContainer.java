package io.latchkey.wrong.cli;

import io.micronaut.context.ApplicationContext;

/** Breaks the rule that commands know no container. */
record KnowsTheContainer(ApplicationContext context) {}
