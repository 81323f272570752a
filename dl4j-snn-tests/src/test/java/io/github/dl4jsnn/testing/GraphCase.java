package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.AbstractGraphAttentionVertex;
import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.GraphAttentionVertex;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.HeadMerge;
import io.github.dl4jsnn.conf.SpikingGraphAttentionVertex;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph convolution, or graph attention, with its input, for tests that run many of them; N = 5,
 * nIn = 6.
 */
public final class GraphCase {
  private static final int N = 5;
  private static final int IN = 6;

  /** Kinds of features. */
  public enum Form {
    STATIC,
    NWC,
    NCW
  }

  private final LifParameters neuron;
  private final Activation activation;
  private final Form form;
  private final Graphs graph;
  private final StfnParameters stfn;
  private final int steps;
  private final int out;
  private final boolean bias;
  private final double dropOut;

  /** 0 for a convolution. */
  private final int heads;

  private final HeadMerge merge;
  private final double attentionDropOut;

  private final Propagation propagation;
  private final boolean residual;

  private GraphCase(LifParameters neuron, Activation activation, Form form, int heads, int i) {
    this(neuron, activation, form, heads, i, Propagation.symmetric(), false);
  }

  /** Turn {@code i} picks one of each other option, in cycles of different lengths. */
  private GraphCase(
      LifParameters neuron,
      Activation activation,
      Form form,
      int heads,
      int i,
      Propagation propagation,
      boolean residual) {
    this.propagation = propagation;
    this.residual = residual;
    this.heads = heads;
    this.merge = i % 2 == 0 ? HeadMerge.CONCAT : HeadMerge.MEAN;
    this.attentionDropOut = i % 5 == 2 ? 0.6 : 1;
    this.neuron = neuron;
    this.activation = activation;
    this.form = form;
    this.graph = Graphs.values()[i % Graphs.values().length];
    this.stfn = stfn(i % 5);
    this.steps = new int[] {1, 4, 2}[i % 3];
    this.out =
        residual && i / 2 % 2 == 0
            ? IN
            : new int[] {7, 1, 3}[i / 2 % 3] * (merge == HeadMerge.CONCAT ? Math.max(1, heads) : 1);
    this.bias = i % 3 != 1;
    this.dropOut = i % 7 == 3 ? 0.7 : 1;
  }

  private static StfnParameters stfn(int i) {
    StfnParameters.Builder b =
        StfnParameters.builder().rho(0.8).initialLambda(1.1).initialGamma(0.2).eps(1e-3);
    return i < StfnParameters.Affine.values().length
        ? b.affine(StfnParameters.Affine.values()[i]).build()
        : null;
  }

  /**
   * All neurons in all forms.
   *
   * @return cases
   */
  public static Stream<GraphCase> spiking() {
    List<GraphCase> cases = new ArrayList<>();
    for (LifParameters p : Neurons.all()) {
      for (Form f : Form.values()) {
        cases.add(new GraphCase(p, null, f, 0, cases.size()));
      }
    }
    return cases.stream();
  }

  /**
   * All activations in all forms, each with and without STFN.
   *
   * @return cases
   */
  public static Stream<GraphCase> activations() {
    List<GraphCase> cases = new ArrayList<>();
    for (Activation a :
        List.of(Activation.IDENTITY, Activation.RELU, Activation.TANH, Activation.SIGMOID)) {
      for (Form f : Form.values()) {
        cases.add(new GraphCase(null, a, f, 0, cases.size()));
        cases.add(new GraphCase(null, a, f, 0, cases.size()));
      }
    }
    return cases.stream();
  }

  /**
   * Graph attention: all neurons in all forms, with 1 to 3 heads.
   *
   * @return cases
   */
  public static Stream<GraphCase> spikingAttention() {
    List<GraphCase> cases = new ArrayList<>();
    for (LifParameters p : Neurons.all()) {
      for (Form f : Form.values()) {
        cases.add(new GraphCase(p, null, f, 1 + cases.size() / 4 % 3, cases.size()));
      }
    }
    return cases.stream();
  }

  /**
   * Graph attention: all activations in all forms, with 1 to 3 heads.
   *
   * @return cases
   */
  public static Stream<GraphCase> attentionActivations() {
    List<GraphCase> cases = new ArrayList<>();
    for (Activation a :
        List.of(
            Activation.ELU,
            Activation.IDENTITY,
            Activation.RELU,
            Activation.TANH,
            Activation.SIGMOID)) {
      for (Form f : Form.values()) {
        cases.add(new GraphCase(null, a, f, 1 + cases.size() % 3, cases.size()));
        cases.add(new GraphCase(null, a, f, 1 + cases.size() % 3, cases.size()));
      }
    }
    return cases.stream();
  }

  /**
   * Every propagation in all forms, by neurons and activations in turn, with and without a residual
   * connection.
   *
   * @return cases
   */
  public static Stream<GraphCase> propagations() {
    List<GraphCase> cases = new ArrayList<>();
    for (Propagation p : Propagations.all()) {
      for (Form f : Form.values()) {
        int i = cases.size();
        boolean spiking = i / 3 % 2 == i % 2;
        LifParameters neuron = spiking ? Neurons.all().get(i % Neurons.all().size()) : null;
        cases.add(new GraphCase(neuron, Activation.IDENTITY, f, 0, i, p, i % 4 < 2));
      }
    }
    return cases.stream();
  }

  /**
   * Residual connections around convolution and attention.
   *
   * @return cases
   */
  public static Stream<GraphCase> residuals() {
    List<GraphCase> cases = new ArrayList<>();
    for (int heads : new int[] {0, 1, 3}) {
      for (Form f : Form.values()) {
        int i = cases.size();
        LifParameters neuron = i % 2 == 0 ? Neurons.all().get(i) : null;
        cases.add(
            new GraphCase(neuron, Activation.IDENTITY, f, heads, i, Propagation.symmetric(), true));
      }
    }
    return cases.stream();
  }

  /**
   * Whether the output is a sequence of spikes.
   *
   * @return false for an activation
   */
  public boolean isSpiking() {
    return neuron != null;
  }

  /**
   * Whether nodes attend to their neighbours.
   *
   * @return false for a convolution
   */
  public boolean isAttention() {
    return heads > 0;
  }

  /**
   * Whether inputs are dropped, which the plain twin does not know.
   *
   * @return true if so
   */
  public boolean hasDropOut() {
    return dropOut < 1;
  }

  private AbstractGraphConvVertex vertex(Backend backend) {
    if (heads > 0) {
      return attention(backend);
    }
    if (neuron == null) {
      return set(
              new GraphConvVertex.Builder().activation(activation).propagation(propagation),
              backend)
          .build();
    }
    SpikingGraphConvVertex.Builder b =
        set(new SpikingGraphConvVertex.Builder().neuron(neuron).propagation(propagation), backend);
    return (form == Form.STATIC ? b.timeSteps(steps) : b).build();
  }

  private AbstractGraphConvVertex attention(Backend backend) {
    if (neuron == null) {
      return attending(new GraphAttentionVertex.Builder().activation(activation), backend).build();
    }
    SpikingGraphAttentionVertex.Builder b =
        attending(new SpikingGraphAttentionVertex.Builder().neuron(neuron), backend);
    return (form == Form.STATIC ? b.timeSteps(steps) : b).build();
  }

  private <B extends AbstractGraphAttentionVertex.Builder<B>> B attending(B b, Backend backend) {
    return set(b, backend)
        .heads(heads)
        .headMerge(merge)
        .attentionDropOut(attentionDropOut)
        .negativeSlope(0.15);
  }

  private <B extends AbstractGraphConvVertex.Builder<B>> B set(B b, Backend backend) {
    return b.nOut(out)
        .hasBias(bias)
        .stfn(stfn)
        .dropOut(dropOut)
        .dropOutPerStep(steps == 4)
        .residual(residual)
        .backend(backend);
  }

  private InputType inputType() {
    return form == Form.STATIC
        ? InputType.feedForward(IN)
        : InputType.recurrent(IN, steps, form == Form.NCW ? RNNFormat.NCW : RNNFormat.NWC);
  }

  /** {@code [N, T, nIn]}; T = 1 if static. */
  private INDArray nwc(DataType type) {
    int t = form == Form.STATIC ? 1 : steps;
    // half of the inputs are 0, as the kernels skip those
    return Values.uniform(5, -1, 2, type, N, t, IN).mul(Values.binary(6, 0.5, type, N, t, IN));
  }

  private INDArray features(DataType type) {
    INDArray nwc = nwc(type);
    return form == Form.STATIC
        ? nwc.reshape(N, IN)
        : form == Form.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
  }

  /**
   * Runs the vertex.
   *
   * @param backend on this backend
   * @param type in this type
   * @param keep as in {@link Backends#vertex}
   * @return outputs and gradients
   */
  public LayerRun run(Backend backend, DataType type, INDArray keep) {
    return Backends.vertex(vertex(backend), inputType(), features(type), graph.edges(type), keep);
  }

  /**
   * The plain twins of all neurons.
   *
   * @param type in which inputs and parameters are rounded
   * @return twins by node and output
   */
  public PlainLif[][] plain(DataType type) {
    double[][][] x = plainCurrents(type);
    PlainLif[][] twins = new PlainLif[N][out];
    for (int n = 0; n < N; n++) {
      for (int h = 0; h < out; h++) {
        double[] current = new double[steps];
        double[][] ofNode = x[n];
        int feature = h;
        Arrays.setAll(current, t -> ofNode[form == Form.STATIC ? 0 : t][feature]);
        twins[n][h] = new PlainLif(neuron, current, null);
      }
    }
    return twins;
  }

  private double[][][] plainCurrents(DataType type) {
    AbstractGraphConvVertex v = vertex(Backend.FUSED);
    INDArray edges = graph.edges(type);
    return PlainGraphConv.currents(
        nwc(type),
        edges,
        Backends.vertexParams(v, inputType(), type, edges.size(1)),
        stfn,
        v.stfnScale(),
        propagation,
        residual);
  }

  /**
   * Currents by plain loops, which are the output of an identity.
   *
   * @param type in which inputs and parameters are rounded
   * @return in the format of this case
   */
  public INDArray currents(DataType type) {
    double[][][] x = plainCurrents(type);
    int length = form == Form.STATIC ? 1 : steps;
    double[] v = new double[N * length * out];
    Arrays.setAll(v, i -> x[i / out / length][i / out % length][i % out]);
    if (form == Form.STATIC) {
      return Values.array(v, type, N, out);
    }
    INDArray nwc = Values.array(v, type, N, length, out);
    return form == Form.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
  }

  /**
   * Spikes of the twins.
   *
   * @param twins by node and output
   * @param type of the array
   * @return in the format of this case
   */
  public INDArray spikes(PlainLif[][] twins, DataType type) {
    return collect(twins, type, (twin, t) -> twin.o[t]);
  }

  /**
   * 0 for neurons with a potential near a jump, else 1.
   *
   * @param twins by node and output
   * @param type of the array
   * @return in the format of this case
   */
  public INDArray awayFromJumps(PlainLif[][] twins, DataType type) {
    return collect(twins, type, (twin, t) -> twin.nearAJump(Tolerances.FLOAT_JUMP) ? 0 : 1);
  }

  private interface Entry {
    double of(PlainLif twin, int t);
  }

  private INDArray collect(PlainLif[][] twins, DataType type, Entry entry) {
    double[] v = new double[N * steps * out];
    for (int i = 0; i < v.length; i++) {
      v[i] = entry.of(twins[i / out / steps][i % out], i / out % steps);
    }
    INDArray nwc = Values.array(v, type, N, steps, out);
    return form == Form.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
  }

  @Override
  public String toString() {
    return (neuron == null ? activation.toString() : Neurons.name(neuron))
        + " "
        + form
        + " "
        + graph
        + " T"
        + steps
        + " out"
        + out
        + (stfn == null ? "" : " STFN " + stfn.getAffine())
        + (bias ? " bias" : "")
        + (dropOut < 1 ? " dropout" : "")
        + (propagation.equals(Propagation.symmetric()) ? "" : " " + propagation)
        + (residual ? " residual" : "")
        + (heads == 0 ? "" : " " + heads + " heads " + merge)
        + (heads > 0 && attentionDropOut < 1 ? " attention dropout" : "");
  }
}
