package io.latchkey.wrong.http;

import picocli.CommandLine;

/** Breaks the rule that arguments are read on the command line. */
record ReadsArguments(CommandLine line) {}
