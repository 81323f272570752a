package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.PatchPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * Spikformer that classifies images, cut into patches.
 *
 * <pre>
 *   patches                                     [N, C, H, W] to [N, L, C p p], L = (H/p) (W/p)
 *   embedding, positional encoding, blocks      [N, T*L, D]
 *   firing rates over all positions             [N, D]
 *   affine map, softmax, cross-entropy          [N, classes]
 * </pre>
 *
 * <pre>{@code
 * InputType images = InputType.convolutional(28, 28, 1);
 * ComputationGraph net = SpikformerImageClassifier.builder(images, 4, 10).build().init();
 * }</pre>
 *
 * <p><b>Inputs.</b> Images of the given type; the patches are those of {@link PatchPreProcessor}.
 * <b>Labels.</b> {@code [N, classes]}.
 *
 * <p><b>Source.</b> C. Lv, D. Han, Y. Wang, X. Zheng, X. Huang, D. Li, "Advancing Spiking Neural
 * Networks for Sequential Modeling with Central Pattern Generators", NeurIPS 2024, section 4.3. The
 * patches are cut as in the Vision Transformer, in place of Spikformer's convolutions (SPS).
 */
public final class SpikformerImageClassifier extends AbstractSpikformer {
  private SpikformerImageClassifier(Builder builder) {
    super(builder);
  }

  /**
   * A builder with the defaults.
   *
   * @param images type of the images, {@code InputType.convolutional(height, width, channels)} or a
   *     flat one
   * @param patchSize p, a divisor of height and width
   * @param classes at least 2
   * @return a builder
   */
  public static Builder builder(InputType images, int patchSize, int classes) {
    return new Builder(images, patchSize, classes);
  }

  /** Builder of {@link SpikformerImageClassifier}. */
  public static final class Builder extends AbstractSpikformer.Builder<Builder> {
    private final ImageTask task;

    private Builder(InputType images, int patchSize, int classes) {
      this.task = new ImageTask(label(), images, patchSize, classes);
    }

    @Override
    SequenceTask task() {
      return task;
    }

    @Override
    public SpikformerImageClassifier build() {
      return new SpikformerImageClassifier(this);
    }
  }
}
