package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.TrainableEncodingLayer;
import io.github.dl4jsnn.internal.op.NeuronOp;
import io.github.dl4jsnn.neuron.Neuron;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runtime of {@link TrainableEncodingLayer}: ND4J's matrix product, as the input is real-valued,
 * then the kernels of the neurons. The backward pass computes the currents again, which costs one
 * product.
 */
public final class FusedTrainableEncoding extends FusedLayer<TrainableEncodingLayer>
    implements HoldsPotentials {
  private static final long serialVersionUID = 1L;

  private transient NeuronOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedTrainableEncoding(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, outShape(in));
    op().forward(currents(in), stepMask(in), paramTable, null, null, out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray c = currents(in);
    INDArray dc = Nd4j.createUninitialized(dataType, c.shape(), 'c');
    op().backward(c, stepMask(in), paramTable, null, g, gradTable, dc);
    INDArray dRows = rows(dc);
    gradTable.get(TrainableEncodingLayer.WEIGHT).assign(rows(in).transpose().mmul(dRows));
    if (config().isBias()) {
      INDArray db = gradTable.get(TrainableEncodingLayer.BIAS);
      db.assign(dRows.sum(0).reshape(db.shape()));
    }
    INDArray dIn = createGradient(mgr, in.shape());
    INDArray w = paramTable.get(TrainableEncodingLayer.WEIGHT);
    rows(dIn).assign(dRows.mmul(w.transpose()));
    return dIn;
  }

  @Override
  long[] outShape(INDArray in) {
    return new long[] {in.size(0), config().stepsOf(in.rank(), in.size(1)), nOut()};
  }

  @Override
  public Neuron neuron() {
    return config().neuron();
  }

  @Override
  public INDArray spikes() {
    return again(
        (in, out) -> op().forward(currents(in), stepMask(in), paramTable, null, null, out));
  }

  @Override
  public INDArray potentials() {
    return again((in, out) -> op().potentials(currents(in), stepMask(in), paramTable, null, out));
  }

  /** {@code x W + b}, once for a static input. */
  private INDArray currents(INDArray in) {
    INDArray rows = rows(in);
    if (maskArray != null && !Double.isFinite(rows.sumNumber().doubleValue())) {
      // A missing step hides it from the neurons, but 0 times NaN is no gradient of W.
      throw new IllegalArgumentException(
          config().label() + ": the input holds NaN or infinite values");
    }
    INDArray c = Nd4j.createUninitialized(dataType, new long[] {rows.size(0), nOut()}, 'c');
    rows.mmuli(paramTable.get(TrainableEncodingLayer.WEIGHT), c);
    if (config().isBias()) {
      c.addiRowVector(paramTable.get(TrainableEncodingLayer.BIAS));
    }
    return in.rank() == 3 ? c.reshape('c', in.size(0), in.size(1), nOut()) : c;
  }

  private long nOut() {
    return config().getNOut();
  }

  /** Every step of every example as a row; a view where the array is in c order. */
  private static INDArray rows(INDArray a) {
    return a.rank() == 2 ? a : a.reshape('c', a.size(0) * a.size(1), a.size(2));
  }

  private NeuronOp op() {
    if (op == null) {
      op = NeuronOp.create(config().label(), config().neuron(), config().recurrence(), dataType);
    }
    return op;
  }
}
