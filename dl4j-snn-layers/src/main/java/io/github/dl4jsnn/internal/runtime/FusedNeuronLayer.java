package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractNeuronLayer;
import io.github.dl4jsnn.internal.op.NeuronOp;
import io.github.dl4jsnn.neuron.Neuron;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Runtime of the layers of neurons, of any model. */
public final class FusedNeuronLayer extends StatefulLayer<AbstractNeuronLayer>
    implements HoldsPotentials {
  private static final long serialVersionUID = 1L;

  private transient NeuronOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedNeuronLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /**
   * MultiLayerNetwork hands over one step {@code [N, F]} as {@code [N, F, 1]}, which in NWC looks
   * like a sequence of one feature; the number of features tells them apart.
   */
  @Override
  INDArray chunk(INDArray in) {
    INDArray x = super.chunk(in);
    boolean perhapsOneStep = in.rank() == 3 && in.size(2) == 1 && in.size(1) > 1;
    if (perhapsOneStep && config().getNIn() == 0 && config().getDataFormat() == RNNFormat.NWC) {
      throw new IllegalArgumentException(
          config().label()
              + ": expected a chunk [N, T, F], got "
              + Arrays.toString(in.shape())
              + ", which may also be one step [N, F] that DL4J reshaped; set nIn or the input type");
    }
    return x;
  }

  @Override
  List<String> stateNames() {
    return op().stateNames();
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    return forward(in, null, null, mgr);
  }

  @Override
  INDArray forward(INDArray in, INDArray[] before, INDArray[] after, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, outShape(in));
    op().forward(in, stepMask(in), paramTable, before, after, out);
    return out;
  }

  @Override
  long[] outShape(INDArray in) {
    long steps = config().stepsOf(in.rank(), in.rank() == 3 ? in.size(1) : -1);
    return new long[] {in.size(0), steps, in.size(in.rank() - 1)};
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    op().backward(in, stepMask(in), paramTable, null, g, gradients(), dIn);
    return dIn;
  }

  @Override
  public Neuron neuron() {
    return config().neuron();
  }

  @Override
  public INDArray spikes() {
    return again(
        (in, out) -> op().forward(in, stepMask(in), paramTable, stateBefore(in), null, out));
  }

  @Override
  public INDArray potentials() {
    return again((in, out) -> op().potentials(in, stepMask(in), paramTable, stateBefore(in), out));
  }

  @Override
  INDArray backward(INDArray in, INDArray[] before, INDArray g, long steps, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    INDArray mask = stepMask(in);
    long T = in.size(1);
    if (steps >= T) {
      op().backward(in, mask, paramTable, before, g, gradients(), dIn);
      return dIn;
    }
    long cut = T - steps;
    INDArray[] middle = LayerState.empty(stateNames().size(), dataType, in.size(0), in.size(2));
    INDArray spikes =
        mgr.createUninitialized(
            ArrayType.BP_WORKING_MEM, dataType, new long[] {in.size(0), cut, in.size(2)}, 'c');
    op().forward(steps(in, 0, cut), steps(mask, 0, cut), paramTable, before, middle, spikes);
    steps(dIn, 0, cut).assign(0);
    op().backward(
            steps(in, cut, T),
            steps(mask, cut, T),
            paramTable,
            middle,
            steps(g, cut, T),
            gradients(),
            steps(dIn, cut, T));
    return dIn;
  }

  /** Time steps of a sequence {@code [N, T, F]} or of a mask {@code [N, T]}. */
  private static INDArray steps(INDArray a, long from, long to) {
    if (a == null) {
      return null;
    }
    INDArrayIndex range = NDArrayIndex.interval(from, to);
    return a.rank() == 2
        ? a.get(NDArrayIndex.all(), range)
        : a.get(NDArrayIndex.all(), range, NDArrayIndex.all());
  }

  /** DL4J hands no gradient view to a layer without parameters. */
  private Map<String, INDArray> gradients() {
    return gradTable == null ? Map.of() : gradTable;
  }

  private NeuronOp op() {
    if (op == null) {
      op = NeuronOp.create(config().label(), config().neuron(), config().recurrence(), dataType);
    }
    return op;
  }
}
