package io.github.dl4jsnn.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Drops the line that SameDiff of DL4J 1.0.0-M2.1 prints for every operation it differentiates;
 * everything else still reaches the standard output.
 */
public final class QuietSameDiff implements BeforeAllCallback, AfterAllCallback {
  private static final String NOISE = "Added differentiated op";

  private PrintStream original;

  @Override
  public void beforeAll(ExtensionContext context) {
    original = System.out;
    System.setOut(new Filter(original));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.setOut(original);
  }

  /** Passes on all lines but those that begin with {@link #NOISE}. */
  private static final class Filter extends PrintStream {
    private Filter(OutputStream out) {
      super(out, true);
    }

    @Override
    public void println(String line) {
      if (line == null || !line.startsWith(NOISE)) {
        super.println(line);
      }
    }
  }
}
