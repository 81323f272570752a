package io.github.dl4jsnn.conf;

import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Turns sequences {@code [N, L, F]} (NWC) into {@code [N, F, L]} (NCW) or back, before a layer that
 * takes one format only: DL4J's Convolution1DLayer of 1.0.0-M2.1 fails in the backward pass of NWC.
 *
 * <p><b>Errors.</b> An input that is no sequence of the other format: an exception that says what
 * came.
 */
public final class SequenceFormatPreProcessor implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  private final RNNFormat to;

  /**
   * Into one format, out of the other.
   *
   * @param to format of what comes out
   */
  @JsonCreator
  public SequenceFormatPreProcessor(@JsonProperty("to") RNNFormat to) {
    this.to = Objects.requireNonNull(to, "to");
  }

  /**
   * Format of what comes out.
   *
   * @return the format
   */
  public RNNFormat getTo() {
    return to;
  }

  @Override
  public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr mgr) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "SequenceFormatPreProcessor: expected a sequence of rank 3, got shape "
              + Arrays.toString(input.shape()));
    }
    return mgr.dup(ArrayType.ACTIVATIONS, input.permute(0, 2, 1), 'c');
  }

  @Override
  public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr mgr) {
    return mgr.dup(ArrayType.ACTIVATION_GRAD, output.permute(0, 2, 1), 'c');
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    RNNFormat from = to == RNNFormat.NWC ? RNNFormat.NCW : RNNFormat.NWC;
    boolean fits =
        inputType instanceof InputType.InputTypeRecurrent
            && ((InputType.InputTypeRecurrent) inputType).getFormat() == from;
    if (!fits) {
      throw new IllegalStateException(
          "SequenceFormatPreProcessor: expected a sequence in format "
              + from
              + ", got "
              + inputType);
    }
    InputType.InputTypeRecurrent r = (InputType.InputTypeRecurrent) inputType;
    return InputType.recurrent(r.getSize(), r.getTimeSeriesLength(), to);
  }

  /** A mask {@code [N, L]} is the same in both formats. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    return new Pair<>(mask, state);
  }

  @Override
  public InputPreProcessor clone() {
    return new SequenceFormatPreProcessor(to);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SequenceFormatPreProcessor && to == ((SequenceFormatPreProcessor) o).to;
  }

  @Override
  public int hashCode() {
    return to.hashCode();
  }
}
