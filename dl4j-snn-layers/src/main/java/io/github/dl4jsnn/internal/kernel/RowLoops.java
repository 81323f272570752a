package io.github.dl4jsnn.internal.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loops of which the float version comes in two kinds, {@link FloatLoops}: this class alone decides
 * which one runs, once, when it is loaded.
 *
 * <p>The system property {@value #PROPERTY} chooses: {@code auto}, the default, takes the Vector
 * API if the JVM was started with {@code --add-modules jdk.incubator.vector}, is Java 17 or later,
 * and has vectors of 256 bits or more; {@code off} never; {@code on} always, and fails if it is not
 * there. Results are the same.
 */
public final class RowLoops {
  /** Name of the system property. */
  public static final String PROPERTY = "dl4j.snn.vector";

  private static final Logger log = LoggerFactory.getLogger(RowLoops.class);

  private static final FloatLoops FLOATS = choose(System.getProperty(PROPERTY, "auto"));

  private RowLoops() {}

  static FloatLoops choose(String mode) {
    if (!mode.equals("auto") && !mode.equals("on") && !mode.equals("off")) {
      throw new IllegalArgumentException(PROPERTY + " must be auto, on or off, was " + mode);
    }
    if (mode.equals("off")) {
      log.info("Loops: plain, since {} is off", PROPERTY);
      return new PlainFloatLoops();
    }
    try {
      FloatLoops loops = vector();
      log.info("Loops: Vector API, {}", loops);
      return loops;
    } catch (ReflectiveOperationException | LinkageError | UnsupportedOperationException e) {
      if (mode.equals("on")) {
        throw new IllegalStateException(
            PROPERTY + " is on, but the Vector API cannot be used: " + reason(e), e);
      }
      log.info("Loops: plain, since the Vector API cannot be used: {}", reason(e));
      return new PlainFloatLoops();
    }
  }

  /** By name: the class needs Java 17 and a module that most JVMs do not load. */
  static FloatLoops vector() throws ReflectiveOperationException {
    String name = RowLoops.class.getPackage().getName() + ".VectorFloatLoops";
    try {
      return (FloatLoops) Class.forName(name).getDeclaredConstructor().newInstance();
    } catch (java.lang.reflect.InvocationTargetException e) {
      if (e.getCause() instanceof UnsupportedOperationException) {
        throw (UnsupportedOperationException) e.getCause();
      }
      throw e;
    }
  }

  private static String reason(Throwable e) {
    if (e instanceof NoClassDefFoundError) {
      return "start the JVM with --add-modules jdk.incubator.vector";
    }
    return e instanceof UnsupportedOperationException ? e.getMessage() : e.toString();
  }

  /** See {@link FloatLoops#pick}. */
  static int pick(int[] column, float[] value, int size, float[] row, int n) {
    return FLOATS.pick(column, value, size, row, n);
  }

  /** See {@link FloatLoops#pick}. */
  static int pick(int[] column, double[] value, int size, double[] row, int n) {
    return RowPickF64.pick(column, value, size, row, 0, n);
  }

  /** See {@link FloatLoops#pickRare}. */
  static int pickRare(int[] column, float[] value, int size, float[] row, int n) {
    return FLOATS.pickRare(column, value, size, row, n);
  }

  /** See {@link FloatLoops#pickRare}. */
  static int pickRare(int[] column, double[] value, int size, double[] row, int n) {
    return RowPickF64.pickRare(column, value, size, row, n);
  }

  /** {@code y = exp(y)} for {@code y <= 0}, see {@link FloatExp}. */
  static void exp(float[] y, int n) {
    FLOATS.exp(y, n);
  }

  /** {@code y = exp(y)}. */
  static void exp(double[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.exp(y[i]);
    }
  }
}
