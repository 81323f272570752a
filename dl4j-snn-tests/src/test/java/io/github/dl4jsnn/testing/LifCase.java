package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.neuron.LifParameters;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A LIF layer with its input, for tests that run many of them. */
public final class LifCase {
  private static final int[][] SIZES = {{1, 1, 1}, {5, 1, 3}, {1, 7, 2}, {3, 5, 7}, {2, 3, 11}};

  /** Kinds of input. */
  public enum Form {
    NWC,
    NCW,
    STATIC,
    NWC_MASKED,
    NCW_MASKED
  }

  public final LifParameters neuron;
  public final Form form;
  public final int N;
  public final int T;
  public final int F;
  private final double dropOut;

  /**
   * A case.
   *
   * @param neuron constants
   * @param form kind of input
   * @param size N, T, F
   * @param dropOut probability to keep an input, 1 for none
   */
  public LifCase(LifParameters neuron, Form form, int[] size, double dropOut) {
    this.neuron = neuron;
    this.form = form;
    this.N = size[0];
    this.T = size[1];
    this.F = size[2];
    this.dropOut = dropOut;
  }

  /**
   * All neurons in all forms; sizes take turns so that each form meets each size.
   *
   * @return cases
   */
  public static Stream<LifCase> all() {
    int[] turn = {0};
    return Neurons.all().stream()
        .flatMap(
            p ->
                Arrays.stream(Form.values())
                    .map(f -> new LifCase(p, f, SIZES[(turn[0]++ * 7 / 5) % SIZES.length], 1)));
  }

  /**
   * The surrogates that {@link #all()} does not have; forms and sizes take turns.
   *
   * @return cases
   */
  public static Stream<LifCase> eachSurrogate() {
    int[] turn = {0};
    return Neurons.eachSurrogate().stream()
        .map(
            p ->
                new LifCase(
                    p,
                    Form.values()[turn[0]++ % Form.values().length],
                    SIZES[2 + turn[0] % (SIZES.length - 2)],
                    1));
  }

  private boolean ncw() {
    return form == Form.NCW || form == Form.NCW_MASKED;
  }

  /**
   * Runs the layer.
   *
   * @param backend on this backend
   * @param type in this type
   * @return outputs and gradients
   */
  public LayerRun run(Backend backend, DataType type) {
    return Backends.layer(layer().backend(backend).build(), inputType(), input(type), mask(type));
  }

  private LifLayer.Builder layer() {
    LifLayer.Builder b = new LifLayer.Builder().neuron(neuron);
    if (dropOut < 1) {
      b.dropOut(dropOut);
    }
    return form == Form.STATIC ? b.timeSteps(T) : b;
  }

  /**
   * A network of this layer, named "lif", and a loss.
   *
   * @param type data type
   * @return configuration
   */
  public MultiLayerConfiguration network(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .dataType(type)
        .list()
        .layer(layer().name("lif").build())
        .layer(new RnnLossLayer.Builder().activation(Activation.IDENTITY).build())
        .setInputType(inputType())
        .build();
  }

  private InputType inputType() {
    return form == Form.STATIC
        ? InputType.feedForward(F)
        : InputType.recurrent(F, T, ncw() ? RNNFormat.NCW : RNNFormat.NWC);
  }

  /**
   * Currents.
   *
   * @param type of the array
   * @return in this case's form
   */
  public INDArray input(DataType type) {
    INDArray nwc = nwc(type);
    return form == Form.STATIC ? nwc : ncw() ? nwc.permute(0, 2, 1).dup('c') : nwc;
  }

  /** {@code [N, T, F]}, or {@code [N, F]} if static. */
  private INDArray nwc(DataType type) {
    return form == Form.STATIC
        ? Values.uniform(3, -0.5, 1.2, type, N, F)
        : Values.uniform(3, -1, 1.5, type, N, T, F);
  }

  /**
   * Feature mask.
   *
   * @param type of the array
   * @return {@code [N, T]}, or null if this case has none
   */
  public INDArray mask(DataType type) {
    return masked() ? Values.mask(N, T, type) : null;
  }

  private boolean masked() {
    return form == Form.NWC_MASKED || form == Form.NCW_MASKED;
  }

  /**
   * The plain twins of all neurons.
   *
   * @param type in which the currents are rounded
   * @return the twins, by example and feature
   */
  public PlainLif[][] plain(DataType type) {
    double[] currents = Values.of(nwc(type));
    double[] steps = masked() ? Values.of(mask(type)) : null;
    PlainLif[][] twins = new PlainLif[N][F];
    for (int n = 0; n < N; n++) {
      for (int f = 0; f < F; f++) {
        twins[n][f] = plain(currents, steps, n, f);
      }
    }
    return twins;
  }

  private PlainLif plain(double[] currents, double[] steps, int n, int f) {
    double[] x = new double[T];
    boolean[] present = masked() ? new boolean[T] : null;
    for (int t = 0; t < T; t++) {
      x[t] = currents[form == Form.STATIC ? n * F + f : (n * T + t) * F + f];
      if (present != null) {
        present[t] = steps[n * T + t] != 0;
      }
    }
    return new PlainLif(neuron, x, present);
  }

  /**
   * One neuron's train out of an output, or out of the gradient of a sequence.
   *
   * @param sequence values in c order, in this case's format
   * @param n example
   * @param f feature
   * @return values of all steps
   */
  public double[] train(double[] sequence, int n, int f) {
    double[] v = new double[T];
    for (int t = 0; t < T; t++) {
      v[t] = ncw() ? sequence[(n * F + f) * T + t] : sequence[(n * T + t) * F + f];
    }
    return v;
  }

  @Override
  public String toString() {
    return Neurons.name(neuron)
        + " "
        + form
        + " N"
        + N
        + " T"
        + T
        + " F"
        + F
        + (dropOut < 1 ? " dropout" : "");
  }
}
