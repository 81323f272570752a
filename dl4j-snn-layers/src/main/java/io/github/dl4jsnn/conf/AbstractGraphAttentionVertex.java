package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What graph attention layers share: attention, with its parameters and checks.
 *
 * <pre>
 *   h[t]        = S[t] W                                          [N, heads, perHead]
 *   e[i,j,t]    = LeakyReLU(aDst . h[i,t] + aSrc . h[j,t])        for each head; slope 0.2 below 0
 *   alpha[i,.,t] = softmax of e[i,j,t] + log w[i,j] over the edges j -&gt; i, self-loop included
 *   x[i,t]      = merge over heads of (sum over j of alpha[i,j,t] h[j,t])  +  b
 * </pre>
 *
 * <p>The coefficients differ from step to step, as h does; for static features there is one set for
 * all steps.
 *
 * <p><b>Inputs.</b> Features and edges as in {@link AbstractGraphConvVertex}, with these weights:
 * an edge of weight 0 is none; a self-loop of weight 1 is added where the data have none, and one
 * in the data replaces it; parallel edges are entries of their own in the softmax, so an edge
 * listed twice counts twice; a weight w multiplies {@code exp(e)}, so an edge of weight 2 is the
 * same as two parallel edges of weight 1. Negative weights are refused. A node without neighbours
 * attends to itself alone.
 *
 * <p><b>Sizes.</b> {@code nOut} is the width of the output. With {@link HeadMerge#CONCAT} it must
 * be a multiple of {@code heads}, {@code perHead = nOut / heads}; with {@link HeadMerge#MEAN}
 * {@code perHead = nOut}.
 *
 * <p><b>Parameters.</b> {@code W [nIn, heads * perHead]} and {@code aSrc}, {@code aDst [heads *
 * perHead]}, head after head, are weights; {@code b [nOut]}, {@code lambda} and {@code gamma} of
 * STFN as in the convolution. Each head of aSrc and aDst is initialised with the scheme of W, with
 * fan-in perHead and fan-out 1.
 *
 * <p><b>Dropout.</b> {@code dropOut} of the input as in the convolution; {@code attentionDropOut}
 * drops coefficients after the softmax, each edge and head by itself; with {@code dropOutPerStep}
 * both draw anew each step.
 *
 * <p><b>Memory.</b> Beside the convolution's, {@code 2 * T * heads} numbers an edge, T = 1 for
 * static features; dropout or averaging of several heads makes it 3.
 *
 * <p><b>Source.</b> P. Veličković et al., "Graph Attention Networks", 2018, Eq. 1-6; M. Xu et al.,
 * "Exploiting Spiking Dynamics with Spatial-temporal Feature Normalization in Graph Learning",
 * 2021, Eq. 5, 8, 14.
 */
public abstract class AbstractGraphAttentionVertex extends AbstractGraphConvVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int heads = 1;
  @JsonProperty private HeadMerge headMerge = HeadMerge.CONCAT;
  @JsonProperty private double attentionRetain = 1;
  @JsonProperty private double negativeSlope = Builder.SLOPE;

  /** For JSON. */
  protected AbstractGraphAttentionVertex() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   * @throws IllegalArgumentException if nOut is missing, or not a multiple of heads to concatenate
   */
  protected AbstractGraphAttentionVertex(Builder<?> builder) {
    super(builder);
    this.heads = builder.heads;
    this.headMerge = builder.headMerge;
    this.attentionRetain = builder.attentionRetain;
    this.negativeSlope = builder.negativeSlope;
    if (headMerge == HeadMerge.CONCAT && getNOut() % heads != 0) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": with HeadMerge.CONCAT nOut is the width of all heads together and must be a"
              + " multiple of heads, "
              + heads
              + "; was "
              + getNOut());
    }
  }

  /**
   * Number of attention heads.
   *
   * @return heads
   */
  public int getHeads() {
    return heads;
  }

  /**
   * What becomes of the heads.
   *
   * @return concatenation or average
   */
  public HeadMerge getHeadMerge() {
    return headMerge;
  }

  /**
   * Probability to keep an attention coefficient during training.
   *
   * @return 1 without dropout
   */
  public double getAttentionRetain() {
    return attentionRetain;
  }

  /**
   * Slope of the leaky rectifier below 0.
   *
   * @return slope
   */
  public double getNegativeSlope() {
    return negativeSlope;
  }

  /**
   * Output features of one head.
   *
   * @return {@code nOut / heads} of concatenated heads, else nOut
   */
  public long perHead() {
    return headMerge == HeadMerge.CONCAT ? getNOut() / heads : getNOut();
  }

  @Override
  long weightColumns() {
    return heads * perHead();
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    super.defineParametersAndInputs(params);
    params.addWeightParam(GraphConvOp.A_SRC, weightColumns());
    params.addWeightParam(GraphConvOp.A_DST, weightColumns());
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    super.initializeParameters(params);
    for (String name : new String[] {GraphConvOp.A_SRC, GraphConvOp.A_DST}) {
      INDArray a = params.get(name);
      WeightInitUtil.initWeights(perHead(), 1, a.shape(), getWeightInit(), null, 'c', a);
    }
  }

  final <V extends AbstractGraphAttentionVertex> V copyAttentionTo(V copy) {
    AbstractGraphAttentionVertex c = copyConvTo(copy);
    c.heads = heads;
    c.headMerge = headMerge;
    c.attentionRetain = attentionRetain;
    c.negativeSlope = negativeSlope;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    AbstractGraphAttentionVertex v = (AbstractGraphAttentionVertex) o;
    return heads == v.heads
        && headMerge == v.headMerge
        && attentionRetain == v.attentionRetain
        && negativeSlope == v.negativeSlope;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), heads, headMerge, attentionRetain, negativeSlope);
  }

  /**
   * Options of graph attention.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractGraphConvVertex.Builder<T> {
    /** That of the source. */
    private static final double SLOPE = 0.2;

    private int heads = 1;
    private HeadMerge headMerge = HeadMerge.CONCAT;
    private double attentionRetain = 1;
    private double negativeSlope = SLOPE;

    /** A builder with all defaults. */
    protected Builder() {}

    /**
     * Sets the number of attention heads.
     *
     * @param heads at least 1, the default
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public T heads(int heads) {
      this.heads =
          (int) BuilderChecks.size(getClass().getEnclosingClass().getSimpleName(), "heads", heads);
      return (T) this;
    }

    /**
     * Sets what becomes of the heads.
     *
     * @param headMerge default {@link HeadMerge#CONCAT}; {@link HeadMerge#MEAN} is usual in a last
     *     layer
     * @return this builder
     */
    public T headMerge(HeadMerge headMerge) {
      this.headMerge = Objects.requireNonNull(headMerge, "headMerge");
      return (T) this;
    }

    /**
     * Drops attention coefficients during training. As everywhere in DL4J the number is the
     * probability to <em>keep</em> one; kept ones are divided by it.
     *
     * @param retain in (0, 1]; default 1, no dropout
     * @return this builder
     * @throws IllegalArgumentException if it is outside
     */
    public T attentionDropOut(double retain) {
      this.attentionRetain =
          BuilderChecks.attentionRetain(getClass().getEnclosingClass().getSimpleName(), retain);
      return (T) this;
    }

    /**
     * Sets the slope of the leaky rectifier below 0.
     *
     * @param negativeSlope in [0, 1]; default 0.2
     * @return this builder
     * @throws IllegalArgumentException if it is outside
     */
    public T negativeSlope(double negativeSlope) {
      if (!(negativeSlope >= 0 && negativeSlope <= 1)) {
        throw new IllegalArgumentException(
            getClass().getEnclosingClass().getSimpleName()
                + ": negativeSlope must be in [0, 1], was "
                + negativeSlope);
      }
      this.negativeSlope = negativeSlope;
      return (T) this;
    }
  }
}
