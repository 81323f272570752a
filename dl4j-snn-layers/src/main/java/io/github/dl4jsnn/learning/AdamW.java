package io.github.dl4jsnn.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Adam with decoupled weight decay, put together from DL4J's own parts: an {@link Adam} updater and
 * a {@code WeightDecay} that is scaled by the learning rate.
 *
 * <pre>
 *   w &lt;- w - lr * (mHat / (sqrt(vHat) + eps) + decay * w)
 * </pre>
 *
 * <p>An updater of its own could not do it: DL4J's updaters never see the parameters. The decay is
 * part of the configuration, so zip, clone and score know it: the score counts {@code decay / 2 *
 * |w|^2}.
 *
 * <pre>{@code
 * MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder().seed(1).list()....build();
 * AdamW.builder().learningRate(1e-3).weightDecay(0.01).build().applyTo(conf);
 * }</pre>
 *
 * <p>It is applied to the finished configuration, since {@code
 * NeuralNetConfiguration.Builder.weightDecay} puts the decay twice into DL4J's own layers
 * (1.0.0-M2.1).
 *
 * <p>As in torch's {@code AdamW}, biases decay as well unless {@code decayBias(false)}; but DL4J's
 * batch normalisation never decays. DL4J adds epsilon before the correction of the second moment,
 * torch after it: with epsilon 1e-8 the difference is below rounding.
 *
 * <p><b>Source.</b> I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019,
 * Algorithm 2.
 */
public final class AdamW {

  private final Adam adam;
  private final double weightDecay;
  private final boolean decayBias;

  private AdamW(Builder b) {
    this.adam =
        Adam.builder()
            .learningRate(b.learningRate.valueAt(0, 0))
            .learningRateSchedule(b.learningRate)
            .beta1(b.beta1)
            .beta2(b.beta2)
            .epsilon(b.epsilon)
            .build();
    this.weightDecay = b.weightDecay;
    this.decayBias = b.decayBias;
  }

  /**
   * A builder with torch's defaults.
   *
   * @return learning rate 1e-3, betas 0.9 and 0.999, epsilon 1e-8, decay 0.01 of weights and biases
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Sets updater and weight decay of every layer, in place of those that it had, also of L2. Other
   * regularisation stays.
   *
   * @param network a finished configuration, which is changed
   * @return the same configuration
   */
  public MultiLayerConfiguration applyTo(MultiLayerConfiguration network) {
    network.getConfs().forEach(c -> applyTo(c.getLayer()));
    return network;
  }

  /**
   * Sets updater and weight decay of every layer and vertex, in place of those that it had, also of
   * L2. Other regularisation stays.
   *
   * @param network a finished configuration, which is changed
   * @return the same configuration
   */
  public ComputationGraphConfiguration applyTo(ComputationGraphConfiguration network) {
    for (GraphVertex vertex : network.getVertices().values()) {
      if (vertex instanceof LayerVertex) {
        applyTo(((LayerVertex) vertex).getLayerConf().getLayer());
      } else if (vertex instanceof SameDiffVertex) {
        applyTo((SameDiffVertex) vertex);
      }
    }
    return network;
  }

  private void applyTo(Layer layer) {
    if (layer instanceof BaseWrapperLayer) {
      applyTo(((BaseWrapperLayer) layer).getUnderlying());
    } else if (layer instanceof Bidirectional) {
      applyTo(((Bidirectional) layer).getFwd());
      applyTo(((Bidirectional) layer).getBwd());
    } else if (layer instanceof BaseLayer) {
      BaseLayer l = (BaseLayer) layer;
      l.setIUpdater(adam.clone());
      l.setBiasUpdater(null);
      l.setRegularization(decaying(l.getRegularization(), true));
      l.setRegularizationBias(decaying(l.getRegularizationBias(), decayBias));
    } else if (layer instanceof AbstractSameDiffLayer) {
      AbstractSameDiffLayer l = (AbstractSameDiffLayer) layer;
      l.setUpdater(adam.clone());
      l.setBiasUpdater(null);
      l.setRegularization(decaying(l.getRegularization(), true));
      l.setRegularizationBias(decaying(l.getRegularizationBias(), decayBias));
    }
  }

  private void applyTo(SameDiffVertex vertex) {
    vertex.setUpdater(adam.clone());
    vertex.setBiasUpdater(null);
    vertex.setRegularization(decaying(vertex.getRegularization(), true));
    vertex.setRegularizationBias(decaying(vertex.getRegularizationBias(), decayBias));
  }

  private List<Regularization> decaying(List<Regularization> before, boolean decays) {
    List<Regularization> after = new ArrayList<>(before == null ? List.of() : before);
    after.removeIf(r -> r instanceof WeightDecay || r instanceof L2Regularization);
    if (decays && weightDecay > 0) {
      after.add(new WeightDecay(weightDecay, true));
    }
    return after;
  }

  /** Builder of {@link AdamW}. */
  public static final class Builder {
    private ISchedule learningRate = new FixedSchedule(1e-3);
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-8;
    private double weightDecay = 0.01;
    private boolean decayBias = true;

    private Builder() {}

    /**
     * Sets a constant learning rate.
     *
     * @param learningRate above 0; default 1e-3
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0
     */
    public Builder learningRate(double learningRate) {
      check(learningRate > 0 && Double.isFinite(learningRate), "learningRate", learningRate);
      return learningRate(new FixedSchedule(learningRate));
    }

    /**
     * Sets a learning rate that changes, and the decay with it.
     *
     * @param learningRate such as {@link CosineSchedule}
     * @return this builder
     */
    public Builder learningRate(ISchedule learningRate) {
      this.learningRate = Objects.requireNonNull(learningRate, "learningRate");
      return this;
    }

    /**
     * Sets the averaging of the moments.
     *
     * @param beta1 of the gradient, in [0, 1); default 0.9
     * @param beta2 of its square, in [0, 1); default 0.999
     * @return this builder
     * @throws IllegalArgumentException if a value is outside
     */
    public Builder betas(double beta1, double beta2) {
      check(beta1 >= 0 && beta1 < 1, "beta1", beta1);
      check(beta2 >= 0 && beta2 < 1, "beta2", beta2);
      this.beta1 = beta1;
      this.beta2 = beta2;
      return this;
    }

    /**
     * Sets what keeps the denominator from 0.
     *
     * @param epsilon above 0; default 1e-8
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0
     */
    public Builder epsilon(double epsilon) {
      check(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon);
      this.epsilon = epsilon;
      return this;
    }

    /**
     * Sets the decay.
     *
     * @param weightDecay at least 0; default 0.01
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder weightDecay(double weightDecay) {
      check(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay);
      this.weightDecay = weightDecay;
      return this;
    }

    /**
     * Whether biases decay, too.
     *
     * @param decayBias default true
     * @return this builder
     */
    public Builder decayBias(boolean decayBias) {
      this.decayBias = decayBias;
      return this;
    }

    /**
     * Builds the helper.
     *
     * @return what sets updater and decay of a network
     */
    public AdamW build() {
      return new AdamW(this);
    }

    private static void check(boolean holds, String what, double value) {
      if (!holds) {
        throw new IllegalArgumentException("AdamW: " + what + " out of range, was " + value);
      }
    }
  }
}
