package io.github.dl4jsnn.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A run of a main in this JVM: its exit code and what it printed. */
final class CommandRun {

  final int exitCode;
  final String out;
  final String err;

  CommandRun(Object main, String... args) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    CommandLine commandLine =
        Commands.of(main).setOut(new PrintWriter(outText)).setErr(new PrintWriter(errText));
    exitCode = commandLine.execute(args);
    commandLine.getOut().flush();
    commandLine.getErr().flush();
    out = outText.toString();
    err = errText.toString();
  }
}
