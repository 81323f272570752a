package io.github.dl4jsnn.convert;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Turns a trained network with rectifiers into a spiking one, without training.
 *
 * <p>A rectifier becomes integrate-and-fire neurons, which do not leak and are reset by
 * subtraction: their firing rates over T steps, times their threshold, approach the activations,
 *
 * <pre>
 *   threshold * spikes / T = min(threshold, relu(x)) + O(threshold / T)      for a constant x
 * </pre>
 *
 * <p><b>Thresholds.</b> The p-th percentile of the activations of a layer on calibration data: the
 * lower, the finer the rates; the higher, the fewer activations are cut off. It is taken over all
 * neurons of the layer and all examples, zeros included, and exact up to a million activations, of
 * a random sample beyond. Weights behind the neurons are multiplied by it, biases stay; that is the
 * same as weights times {@code lambda[l-1] / lambda[l]}, biases over {@code lambda[l]} and a
 * threshold of 1.
 *
 * <p><b>Half a threshold</b>, unless switched off, is the potential at which neurons start, so that
 * rates are rounded instead of cut off. It is exact: {@link io.github.dl4jsnn.conf.NeuronLayer}
 * with half the threshold and a feedback of minus the other half, which is the same neuron with
 * potentials counted from there. Switched off, neurons are a {@link
 * io.github.dl4jsnn.conf.LifLayer}.
 *
 * <p><b>Layers.</b> Convolution (2D) and dense layers become {@link
 * io.github.dl4jsnn.conf.SpikingConvolution} and {@link io.github.dl4jsnn.conf.SpikingDense}. Batch
 * normalisation is folded into the affine layer directly before it. Mean pooling, padding and
 * cropping stay. Maximum pooling of the first neurons moves before them, where it is exact; behind
 * spikes it stays, and puts out a spike where any of its window does, which is more than the
 * largest rate: prefer mean pooling. Dropout goes. In a ComputationGraph, MergeVertex and
 * ElementWiseVertex with Add, Subtract or Average stay. ReLU6 is a rectifier, too: firing rates are
 * bounded anyway.
 *
 * <p><b>Input and output.</b> Input is that of the network, held as a constant current for T steps.
 * Before the loss, a {@link io.github.dl4jsnn.conf.SpikeReadoutLayer} accumulates the current of
 * the last layer and divides it by T; the output activation of the network follows, such as
 * softmax.
 *
 * <p><b>Errors.</b> Other layers and activations, channels last, more than one input or output: an
 * IllegalArgumentException that names the layer and says what would do.
 *
 * <pre>{@code
 * Conversion<MultiLayerNetwork> spiking =
 *     AnnToSnn.builder(trained, trainingImages).percentile(99.9).timeSteps(32).convert();
 * spiking.network().save(file);
 * String table = ConversionReport.of(spiking, testImages, 4, 8, 16, 32).toString();
 * }</pre>
 *
 * <p><b>Source.</b> P. U. Diehl et al., "Fast-classifying, high-accuracy spiking deep networks
 * through weight and threshold balancing", IJCNN 2015; percentiles, reset by subtraction and batch
 * normalisation: B. Rueckauer et al., "Conversion of continuous-valued deep networks to efficient
 * event-driven networks for image classification", Frontiers in Neuroscience, 2017, Eq. 2-8; half a
 * threshold: S. Deng, S. Gu, "Optimal conversion of conventional artificial neural networks to
 * spiking neural networks", ICLR 2021.
 */
public final class AnnToSnn {

  private AnnToSnn() {}

  /**
   * Begins the conversion of a list of layers.
   *
   * @param network trained; it is not changed
   * @param calibration part of the training data, a few hundred examples or more
   * @return a builder with all defaults
   */
  public static Builder<MultiLayerNetwork> builder(
      MultiLayerNetwork network, DataSetIterator calibration) {
    return new Builder<>(network, calibration) {
      @Override
      ComputationGraph graph() {
        return network.toComputationGraph();
      }

      @Override
      String layerName(String vertex) {
        String name = network.getLayer(Integer.parseInt(vertex)).conf().getLayer().getLayerName();
        return name == null ? "layer" + vertex : name;
      }

      @Override
      SnnTarget<MultiLayerNetwork> target(ComputationGraph graph, InputType input) {
        return SnnTarget.list(conf(graph), input);
      }
    };
  }

  /**
   * Begins the conversion of a graph.
   *
   * @param network trained, with one input and one output; it is not changed
   * @param calibration part of the training data, a few hundred examples or more
   * @return a builder with all defaults
   */
  public static Builder<ComputationGraph> builder(
      ComputationGraph network, DataSetIterator calibration) {
    return new Builder<>(network, calibration) {
      @Override
      ComputationGraph graph() {
        return network;
      }

      @Override
      String layerName(String vertex) {
        return vertex;
      }

      @Override
      SnnTarget<ComputationGraph> target(ComputationGraph graph, InputType input) {
        String name = graph.getConfiguration().getNetworkInputs().get(0);
        return SnnTarget.graph(conf(graph), name, input);
      }
    };
  }

  /**
   * Settings of a conversion.
   *
   * @param <N> kind of network
   */
  public abstract static class Builder<N> {
    final N network;
    private final DataSetIterator calibration;
    private double percentile = 99.9;
    int timeSteps = 32;
    boolean halfThreshold = true;
    private long seed = 1;

    private Builder(N network, DataSetIterator calibration) {
      this.network = Objects.requireNonNull(network, "network");
      this.calibration = Objects.requireNonNull(calibration, "calibration");
    }

    abstract ComputationGraph graph();

    /** What the layer of a vertex of {@link #graph} is called. */
    abstract String layerName(String vertex);

    abstract SnnTarget<N> target(ComputationGraph graph, InputType input);

    /**
     * Sets which percentile of the activations of a layer is its threshold.
     *
     * @param percentile p in (0, 100]; default 99.9; 100 is the maximum
     * @return this builder
     */
    public Builder<N> percentile(double percentile) {
      if (!(percentile > 0 && percentile <= 100)) {
        throw new IllegalArgumentException(
            "AnnToSnn: percentile must be in (0, 100], was " + percentile);
      }
      this.percentile = percentile;
      return this;
    }

    /**
     * Sets the number of time steps.
     *
     * @param timeSteps T, at least 1; default 32
     * @return this builder
     */
    public Builder<N> timeSteps(int timeSteps) {
      if (timeSteps < 1) {
        throw new IllegalArgumentException(
            "AnnToSnn: timeSteps must be at least 1, was " + timeSteps);
      }
      this.timeSteps = timeSteps;
      return this;
    }

    /**
     * Whether neurons start at half their threshold.
     *
     * @param halfThreshold default true; false starts them at 0
     * @return this builder
     */
    public Builder<N> halfThreshold(boolean halfThreshold) {
      this.halfThreshold = halfThreshold;
      return this;
    }

    /**
     * Sets the seed of the sample of activations, and of the network's configuration.
     *
     * @param seed default 1
     * @return this builder
     */
    public Builder<N> seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Converts the network; the calibration data are read once.
     *
     * @return the spiking network and its thresholds
     * @throws IllegalArgumentException if something cannot be converted, or there are no data
     */
    public Conversion<N> convert() {
      ComputationGraph graph = graph();
      List<Node> nodes = AnnReader.read(graph, this::layerName);
      BatchNormFolding.apply(nodes);
      MaxPoolSwap.apply(nodes);
      Map<String, Double> thresholds =
          Calibration.thresholds(graph, nodes, calibration, percentile, seed);
      N snn = new SnnWriter<>(target(graph, input(graph)), this, thresholds).write(nodes);
      return new Conversion<>(network, snn, new LinkedHashMap<>(thresholds), timeSteps);
    }

    final NeuralNetConfiguration.Builder conf(ComputationGraph graph) {
      return new NeuralNetConfiguration.Builder()
          .seed(seed)
          .dataType(graph.getConfiguration().getDataType());
    }

    /** Configurations need not know the type of their input; data do. */
    private InputType input(ComputationGraph graph) {
      for (GraphVertex vertex : graph.getVertices()) {
        InputPreProcessor flat = vertex.hasLayer() ? preProcessor(vertex) : null;
        if (flat instanceof FeedForwardToCnnPreProcessor) {
          FeedForwardToCnnPreProcessor f = (FeedForwardToCnnPreProcessor) flat;
          return InputType.convolutionalFlat(
              f.getInputHeight(), f.getInputWidth(), f.getNumChannels());
        }
      }
      calibration.reset();
      long[] shape = calibration.next().getFeatures().shape();
      calibration.reset();
      if (shape.length == 4) {
        return InputType.convolutional(shape[2], shape[3], shape[1]);
      }
      if (shape.length != 2) {
        throw new IllegalArgumentException(
            "AnnToSnn: expected images [N, C, H, W] or rows [N, F], got calibration data of shape "
                + Arrays.toString(shape));
      }
      return InputType.feedForward(shape[1]);
    }

    private static InputPreProcessor preProcessor(GraphVertex vertex) {
      return ((org.deeplearning4j.nn.graph.vertex.impl.LayerVertex) vertex).getLayerPreProcessor();
    }
  }
}
