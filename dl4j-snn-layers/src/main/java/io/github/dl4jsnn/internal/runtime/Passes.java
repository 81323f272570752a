package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Which pass of DL4J a call belongs to, read off the call stack: DL4J tells a layer, not a vertex,
 * that it receives a chunk of a sequence, and no layer that another one wraps it.
 */
final class Passes {
  private static final Set<String> IN_CHUNKS =
      Set.of("rnnTimeStep", "rnnActivateUsingStoredState", "doTruncatedBPTT");

  private Passes() {}

  /** Refuses chunks of a sequence that the vertex would take for the whole. */
  static void checkChunks(AbstractGraphConvVertex config) {
    String refusal = config.streamingRefusal();
    if (refusal != null && called(ComputationGraph.class, IN_CHUNKS)) {
      throw new UnsupportedOperationException(
          config.label()
              + " refuses rnnTimeStep and truncated BPTT: "
              + refusal
              + ", so it cannot take a sequence in chunks");
    }
  }

  /** Refuses DL4J's LastTimeStep, which fails later, when it asks for the format. */
  static void checkNotWrapped(String label) {
    if (called(LastTimeStep.class, Set.of("instantiate"))) {
      throw new UnsupportedOperationException(
          label
              + ": DL4J's LastTimeStep cannot wrap a layer of this library;"
              + " put a LastTimeStepLayer behind it");
    }
  }

  private static boolean called(Class<?> type, Set<String> methods) {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    f ->
                        f.getClassName().equals(type.getName())
                            && methods.contains(f.getMethodName())));
  }
}
