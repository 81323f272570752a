package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.CounterRandom;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Graph convolution of all time steps, fused with what follows it: bias, STFN and LIF neurons.
 *
 * <pre>
 *   x[t] = propagation of S[t] + S[t] Wself + S[t] Wres (or S[t]) + b
 *   y = STFN(x) if asked for;   o = LIF(y) if asked for
 * </pre>
 *
 * <p>The equations of propagation are those of {@link Propagation}; with {@link Attention} those of
 * {@link io.github.dl4jsnn.internal.kernel.AttentionKernelF32}. One instance belongs to one vertex.
 */
public interface GraphConvOp {
  /** Parameter names. */
  String WEIGHT = "W";

  /** Parameter names. */
  String BIAS = "b";

  /** Parameter names. */
  String LAMBDA = "lambda";

  /** Parameter names. */
  String GAMMA = "gamma";

  /** Parameter names of attention. */
  String A_SRC = "aSrc";

  /** Parameter names of attention. */
  String A_DST = "aDst";

  /** Parameter name of the node's own map, where the propagation leaves the node out. */
  String SELF = "Wself";

  /** Parameter name of the map of the residual connection. */
  String RESIDUAL = "Wres";

  /** Parameter name of GIN's trained eps. */
  String EPS = "eps";

  /** What is fused into the operation. */
  final class Settings {
    final String vertex;
    final LifParameters lif;
    final boolean stfn;
    final double stfnScale;
    final double stfnEps;
    final double stfnLambda;
    final double stfnGamma;
    final Attention attention;
    final Propagation propagation;
    final List<String> ownWeights;
    final boolean addsInput;

    /**
     * Settings of one vertex.
     *
     * @param vertex what error messages call the vertex
     * @param lif neurons, or null for the plain current
     * @param stfn normalisation, or null for none
     * @param stfnScale {@code rho * vTh}
     * @param attention propagation by attention, or null for the next
     * @param propagation of a convolution
     * @param ownWeights maps whose product is added to the current of the node itself
     * @param addsInput whether the input is, too
     */
    public Settings(
        String vertex,
        LifParameters lif,
        StfnParameters stfn,
        double stfnScale,
        Attention attention,
        Propagation propagation,
        List<String> ownWeights,
        boolean addsInput) {
      this.vertex = vertex;
      this.lif = lif;
      this.stfn = stfn != null;
      this.stfnScale = stfnScale;
      this.stfnEps = stfn == null ? 0 : stfn.getEps();
      this.stfnLambda = stfn == null ? 1 : stfn.getInitialLambda();
      this.stfnGamma = stfn == null ? 0 : stfn.getInitialGamma();
      this.attention = attention;
      this.propagation = propagation;
      this.ownWeights = ownWeights;
      this.addsInput = addsInput;
    }
  }

  /** How nodes attend to their neighbours. */
  final class Attention {
    final int heads;
    final boolean mean;
    final double slope;

    /**
     * Settings of one vertex.
     *
     * @param heads K
     * @param mean whether heads are averaged instead of concatenated
     * @param slope of the leaky rectifier below 0
     */
    public Attention(int heads, boolean mean, double slope) {
      this.heads = heads;
      this.mean = mean;
      this.slope = slope;
    }
  }

  /**
   * Dropout of the input and of attention coefficients: each value is kept with the given
   * probability and divided by it.
   */
  final class Dropout {
    final double retain;
    final double attentionRetain;
    final boolean perStep;
    final long seed;

    /**
     * Dropout of one forward and backward pass.
     *
     * @param retain probability to keep an input
     * @param attentionRetain probability to keep a coefficient
     * @param perStep a new mask each step instead of one for all
     * @param seed picks the mask
     */
    public Dropout(double retain, double attentionRetain, boolean perStep, long seed) {
      this.retain = retain;
      this.attentionRetain = attentionRetain;
      this.perStep = perStep;
      this.seed = seed;
    }

    /** A stream beside those of the rows of the input, which are 0 and above. */
    long attentionSeed() {
      return CounterRandom.mix(seed, -1);
    }
  }

  /**
   * For the given data type.
   *
   * @param settings what is fused
   * @param type FLOAT or DOUBLE
   */
  static GraphConvOp create(Settings settings, DataType type) {
    switch (type) {
      case FLOAT:
        return new GraphConvOpF32(settings);
      case DOUBLE:
        return new GraphConvOpF64(settings);
      default:
        throw new IllegalArgumentException(
            settings.vertex + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Forward pass.
   *
   * @param in (in) features {@code [N, nIn]}, constant over time, or {@code [N, T, nIn]}
   * @param edges (in) edge list {@code [E, 2]} or {@code [E, 3]}
   * @param params (in) {@link #WEIGHT} {@code [nIn, nOut]}, or those of Chebyshev propagation, and
   *     where they exist {@link #SELF}, {@link #RESIDUAL}, {@link #BIAS}, {@link #LAMBDA}, {@link
   *     #GAMMA}, {@link #EPS}; with attention {@link #WEIGHT} {@code [nIn, heads * perHead]}, and
   *     {@link #A_SRC}, {@link #A_DST} {@code [heads * perHead]}
   * @param dropout of the input, or null
   * @param out (out) {@code [N, T, nOut]}; {@code [N, nOut]} for a constant input without neurons
   */
  void forward(
      INDArray in, INDArray edges, Map<String, INDArray> params, Dropout dropout, INDArray out);

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param in (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param gradients (out) gradients of the parameters, overwritten
   * @param dIn (out) gradient of the input, or null if nobody wants it
   */
  void backward(
      INDArray in,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn);

  /**
   * Membrane potentials of the last {@link #forward}, charged and before the reset; of a vertex
   * with neurons.
   *
   * @param u (out) potentials {@code [N, T, nOut]}
   * @return false, and nothing written, if there was no forward pass or a backward pass has used up
   *     what it left
   */
  boolean potentials(INDArray u);

  /**
   * Spikes of the last {@link #forward}, once more.
   *
   * @param o (out) spikes {@code [N, T, nOut]}
   * @return as of {@link #potentials}
   */
  boolean spikes(INDArray o);

  /** Attention coefficients of the last forward pass, or null if there are none. */
  AttentionSnapshot attention();
}
