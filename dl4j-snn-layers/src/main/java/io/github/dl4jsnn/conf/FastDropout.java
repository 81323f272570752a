package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.op.SpikeDropoutOp;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout of single entries, the same as DL4J's {@link Dropout} in about 0.3 of its time: its mask
 * is a function of one number, which is drawn from ND4J's generator in each forward pass, so that
 * the backward pass makes it again.
 *
 * <pre>
 *   y = x / p with probability p, else 0      while training
 * </pre>
 *
 * <pre>{@code
 * new SpikingLinear.Builder().nOut(64).timeSteps(4).dropOut(new FastDropout(0.6)).build();
 * FastDropout.applyTo(conf);    // or in place of every Dropout of a finished configuration
 * }</pre>
 *
 * <p>p is rounded to a multiple of 2^-16. {@link SpikeDropoutLayer} drops a neuron for all time
 * steps instead.
 */
public final class FastDropout implements IDropout {
  private static final long serialVersionUID = 1L;

  private final double p;
  private transient long seed;
  private transient boolean applied;

  /**
   * Dropout.
   *
   * @param p probability to keep an entry, in (0, 1], as in DL4J
   * @throws IllegalArgumentException if it is not
   */
  public FastDropout(@JsonProperty("p") double p) {
    if (!(p > 0 && p <= 1)) {
      throw new IllegalArgumentException("FastDropout: p must be in (0, 1], was " + p);
    }
    this.p = p;
  }

  /**
   * Puts it in the place of every {@link Dropout} with a constant probability.
   *
   * @param network a finished configuration, which is changed
   * @return the same configuration
   */
  public static ComputationGraphConfiguration applyTo(ComputationGraphConfiguration network) {
    for (GraphVertex vertex : network.getVertices().values()) {
      if (vertex instanceof LayerVertex) {
        Layer layer = ((LayerVertex) vertex).getLayerConf().getLayer();
        if (layer.getIDropout() instanceof Dropout) {
          Dropout dropout = (Dropout) layer.getIDropout();
          if (dropout.getPSchedule() == null) {
            layer.setIDropout(new FastDropout(dropout.getP()));
          }
        }
      }
    }
    return network;
  }

  /**
   * The probability to keep an entry.
   *
   * @return p
   */
  public double getP() {
    return p;
  }

  @Override
  public INDArray applyDropout(
      INDArray inputActivations,
      INDArray resultArray,
      int iteration,
      int epoch,
      LayerWorkspaceMgr workspaceMgr) {
    seed = Nd4j.getRandom().nextLong();
    applied = true;
    return multiply(inputActivations, resultArray);
  }

  @Override
  public INDArray backprop(INDArray gradAtOutput, INDArray gradAtInput, int iteration, int epoch) {
    if (!applied) {
      throw new IllegalStateException("FastDropout: no forward pass before the backward pass");
    }
    return multiply(gradAtOutput, gradAtInput);
  }

  private INDArray multiply(INDArray in, INDArray out) {
    if (!isPlain(out)) {
      return out.assign(multiply(in, Nd4j.createUninitialized(out.dataType(), out.shape(), 'c')));
    }
    INDArray from = in.dataType() == out.dataType() ? in : in.castTo(out.dataType());
    SpikeDropoutOp.create(p, out.dataType())
        .apply(rows(isPlain(from) ? from : from.dup('c')), seed, rows(out));
    return out;
  }

  /** The same mask for any order in memory: entries count in the order c. */
  private static INDArray rows(INDArray a) {
    long features = a.size(a.rank() - 1);
    return a.reshape('c', a.length() / features, 1, features);
  }

  private static boolean isPlain(INDArray a) {
    return a.ordering() == 'c' && Shape.hasDefaultStridesForShape(a);
  }

  @Override
  public void clear() {
    applied = false;
  }

  @Override
  public FastDropout clone() {
    return new FastDropout(p);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof FastDropout && ((FastDropout) o).p == p;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(p);
  }

  @Override
  public String toString() {
    return "FastDropout(p=" + p + ")";
  }
}
