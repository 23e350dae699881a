package io.latchkey.wrong.cli.terminal;

import io.latchkey.wrong.cli.scan.Search;

/** Breaks the rule that packages are used in their order. */
record UsesScan(Search search) {}
