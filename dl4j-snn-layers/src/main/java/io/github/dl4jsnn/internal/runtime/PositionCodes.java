package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.RepetitionRate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The positional codes of one layer, kept from pass to pass; says once where positions repeat. */
final class PositionCodes {
  private static final Logger log = LoggerFactory.getLogger(PositionCodes.class);

  private final String layer;
  private final PositionalCode code;
  private final DataType type;
  private INDArray codes;
  private boolean warned;

  /** For a layer; a null code has null codes. */
  PositionCodes(String layer, PositionalCode code, DataType type) {
    this.layer = layer;
    this.code = code;
    this.type = type;
  }

  /** Codes of at least so many positions, {@code [positions or more, width]}. */
  INDArray of(int positions) {
    if (code != null && (codes == null || codes.size(0) < positions)) {
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        codes = code.codes(positions, type);
      }
      warnOfRepetitions(positions);
    }
    return codes;
  }

  private void warnOfRepetitions(int positions) {
    double rate = RepetitionRate.of(codes);
    if (rate > 0 && !warned) {
      warned = true;
      log.warn(
          "{}: {} % of {} positions share their code with another; CpgCode.unique({}) tells all"
              + " apart",
          layer, Math.round(1000 * rate) / 10.0, positions, positions);
    }
  }
}
