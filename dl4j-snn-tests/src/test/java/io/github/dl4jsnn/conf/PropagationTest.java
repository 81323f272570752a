package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.GraphCase;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Propagations;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every propagation, and residual connections: fused kernels, definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class PropagationTest {
  private static final DataType TYPE = DataType.DOUBLE;

  static Stream<GraphCase> cases() {
    return Stream.concat(GraphCase.propagations(), GraphCase.residuals());
  }

  static Stream<GraphCase> plainCases() {
    return Stream.concat(
            GraphCase.propagations(), GraphCase.residuals().filter(c -> !c.isAttention()))
        .filter(c -> !c.hasDropOut());
  }

  static Stream<Propagation> propagations() {
    return Propagations.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void fusedEqualsDefinition(GraphCase c) {
    LayerRun fused = c.run(Backend.FUSED, TYPE, null);
    LayerRun defined = c.run(Backend.SAMEDIFF, TYPE, null);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plainCases")
  void fusedEqualsPlainLoops(GraphCase c) {
    LayerRun fused = c.run(Backend.FUSED, TYPE, null);
    if (c.isSpiking()) {
      Tolerances.assertIdentical("spikes", fused.output, c.spikes(c.plain(TYPE), TYPE));
    } else {
      Tolerances.assertClose("output", fused.output, c.currents(TYPE), Tolerances.DOUBLE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void floatEqualsDouble(GraphCase c) {
    if (!c.isSpiking()) {
      LayerRun single = c.run(Backend.FUSED, DataType.FLOAT, null);
      LayerRun exact = c.run(Backend.FUSED, TYPE, null);
      Tolerances.assertClose("output", single.output, exact.output, Tolerances.FLOAT);
      // where inputs tie, as the zeros among them do, the maximum shares its gradient in both types
      Tolerances.assertClose(
          "gradient of the input", single.inputGradient, exact.inputGradient, Tolerances.FLOAT);
    }
  }

  private static GraphConvVertex vertex(Propagation p) {
    return identity(p).build();
  }

  private static GraphConvVertex.Builder identity(Propagation p) {
    return new GraphConvVertex.Builder()
        .nOut(3)
        .propagation(p)
        .activation(Activation.IDENTITY)
        .backend(Backend.FUSED);
  }

  private static LayerRun run(Propagation p, INDArray features, double... edges) {
    return Backends.vertex(
        vertex(p),
        InputType.feedForward(features.size(1)),
        features,
        Values.array(edges, TYPE, edges.length / 3, 3),
        null);
  }

  private static Map<String, INDArray> params(Propagation p) {
    return Backends.vertexParams(vertex(p), InputType.feedForward(4), TYPE, 3);
  }

  private static INDArray features(int nodes) {
    return Values.uniform(1, -1, 2, TYPE, nodes, 4);
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    Tolerances.assertClose("output", actual, expected, Tolerances.DOUBLE);
  }

  /** Neither one node nor many give a NaN, and what is left is the node's own map. */
  @ParameterizedTest
  @MethodSource("propagations")
  void nodesWithoutNeighbours(Propagation p) {
    Map<String, INDArray> w = params(p);
    for (int nodes : new int[] {1, 5}) {
      INDArray x = features(nodes);
      INDArray own;
      switch (p.getKind()) {
        case GIN:
          double eps = p.isTrainEps() ? w.get("eps").getDouble(0) : p.getEps();
          own = x.mmul(w.get("W")).mul(1 + eps);
          break;
        case CHEBYSHEV:
          // T_k(0) is 1, 0, -1, 0, ...
          own = x.mmul(p.getOrder() < 3 ? w.get("W0") : w.get("W0").sub(w.get("W2")));
          break;
        default:
          own = x.mmul(w.get("Wself"));
      }
      LayerRun alone = run(p, x, 0, 0, 0);
      assertClose(alone.output, own.addRowVector(w.get("b")));
      assertThat(alone.inputGradient.isNaN().any()).isFalse();
      alone.gradients.values().forEach(g -> assertThat(g.isNaN().any()).isFalse());
    }
  }

  @ParameterizedTest
  @MethodSource("propagations")
  void parallelEdgesEqualOneOfTheirWeight(Propagation p) {
    LayerRun twice = run(p, features(3), 0, 1, 1, 0, 1, 1, 2, 1, 1, 1, 2, 1);
    boolean max = p.getKind() == Propagation.Kind.MAX;
    LayerRun once = run(p, features(3), 0, 1, max ? 1 : 2, 2, 1, 1, 1, 2, 1);
    assertClose(twice.output, once.output);
    twice.assertGradientsClose(once, Tolerances.DOUBLE);
  }

  /** 0 sends to 1, and nobody to 0. */
  @ParameterizedTest
  @MethodSource("propagations")
  void edgesAreDirected(Propagation p) {
    INDArray x = features(2);
    INDArray changed = x.dup();
    changed.getRow(1).addi(0.5);
    INDArray before = run(p, x, 0, 1, 1).output;
    INDArray after = run(p, changed, 0, 1, 1).output;
    assertClose(after.getRow(0), before.getRow(0));
    assertThat(after.getRow(1).distance2(before.getRow(1))).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Propagation.Kind.class,
      names = {"MEAN", "SUM", "MAX", "GIN"})
  void selfLoopsInTheDataMakeANodeItsOwnNeighbour(Propagation.Kind kind) {
    Propagation p =
        Propagations.all().stream().filter(c -> c.getKind() == kind).findFirst().orElseThrow();
    INDArray x = features(1);
    INDArray own = run(p, x, 0, 0, 0).output;
    INDArray twice = run(p, x, 0, 0, 1).output;
    assertClose(twice.sub(own), x.mmul(params(p).get("W")));
  }

  @Test
  void chebyshevLeavesSelfLoopsOut() {
    Propagation p = Propagation.chebyshev(3);
    assertClose(
        run(p, features(3), 0, 1, 1, 1, 0, 1, 1, 1, 4).output,
        run(p, features(3), 0, 1, 1, 1, 0, 1).output);
  }

  /** Three spikes of four: the gradient of their OR is shared by three. */
  @Test
  void equalMaximaShareTheGradient() {
    INDArray x = Values.array(new double[] {1, 1, 0, 1, 0}, TYPE, 5, 1);
    LayerRun run = run(Propagation.max(), x, 0, 4, 1, 1, 4, 1, 2, 4, 1, 3, 4, 1);
    Map<String, INDArray> w =
        Backends.vertexParams(vertex(Propagation.max()), InputType.feedForward(1), TYPE, 3);
    INDArray g = Backends.fromAbove(run.output);
    INDArray own = g.mmul(w.get("Wself").transpose());
    double shared = g.getRow(4).mmul(w.get("W").transpose()).getDouble(0) / 3;
    INDArray expected = own.add(Values.array(new double[] {1, 1, 0, 1, 0}, TYPE, 5, 1).mul(shared));
    Tolerances.assertClose("gradient of the input", run.inputGradient, expected, Tolerances.DOUBLE);
  }

  @Test
  void weightsThatAddUpToNothingAreRefused() {
    for (Propagation p : new Propagation[] {Propagation.mean(), Propagation.chebyshev(2)}) {
      assertThatThrownBy(() -> run(p, features(3), 0, 1, 1, 2, 1, -1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(
              "GraphConvVertex", "add up to 0", p.getKind().name().toLowerCase());
    }
    assertThat(run(Propagation.sum(), features(3), 0, 1, 1, 2, 1, -1).output.isNaN().any())
        .isFalse();
    assertThat(run(Propagation.max(), features(3), 0, 1, 1, 2, 1, -1).output.isNaN().any())
        .isFalse();
  }

  @Test
  void badChoicesAreRefused() {
    assertThatThrownBy(() -> Propagation.chebyshev(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("K", "0");
    assertThatThrownBy(() -> Propagation.gin(Double.NaN, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eps");
    assertThatThrownBy(() -> identity(null)).hasMessageContaining("propagation");
  }

  @Test
  void residualIsTheInputOrItsProjection() {
    INDArray x = features(5);
    INDArray edges = Values.array(new double[] {0, 1, 1}, TYPE, 1, 3);
    InputType type = InputType.feedForward(4);
    GraphConvVertex.Builder b = identity(Propagation.symmetric());
    GraphConvVertex same = b.nOut(4).build();
    GraphConvVertex plus = b.residual(true).build();
    assertThat(Backends.vertexParams(plus, type, TYPE, 3)).containsOnlyKeys("W", "b");
    assertClose(
        Backends.vertex(plus, type, x, edges, null).output,
        Backends.vertex(same, type, x, edges, null).output.add(x));
    GraphConvVertex projected = b.nOut(3).build();
    GraphConvVertex none = b.residual(false).build();
    Map<String, INDArray> w = Backends.vertexParams(projected, type, TYPE, 3);
    assertThat(w).containsOnlyKeys("W", "Wres", "b");
    INDArray more = Backends.vertex(projected, type, x, edges, null).output;
    assertThat(w.get("Wres").shape()).containsExactly(4, 3);
    assertThat(none.ownWeights()).isEmpty();
    INDArray a = x.mmul(w.get("W"));
    a.putRow(1, a.getRow(0).div(Math.sqrt(2)).add(a.getRow(1).div(2)));
    assertClose(more, a.add(x.mmul(w.get("Wres"))).addRowVector(w.get("b")));
  }

  /** Files of earlier versions do not mention the choice. */
  @Test
  void configurationsWithoutTheNewPropertiesLoad() {
    ComputationGraphConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("x", "e")
            .addVertex(
                "gc", new SpikingGraphConvVertex.Builder().nOut(2).timeSteps(2).build(), "x", "e")
            .setOutputs("gc")
            .validateOutputLayerConfig(false)
            .setInputTypes(InputType.feedForward(3), InputType.feedForward(2))
            .build();
    String json = conf.toJson();
    String old =
        json.replaceAll("\"propagation\" : \\{[^}]*\\},?\\s*", "")
            .replaceAll("\"residual\" : false,?\\s*", "")
            .replaceAll(",(\\s*})", "$1");
    assertThat(json).contains("\"propagation\"").contains("\"residual\"");
    assertThat(old).doesNotContain("propagation").doesNotContain("residual");
    ComputationGraphConfiguration loaded = ComputationGraphConfiguration.fromJson(old);
    assertThat(loaded.getVertices().get("gc")).isEqualTo(conf.getVertices().get("gc"));
    SpikingGraphConvVertex gc = (SpikingGraphConvVertex) loaded.getVertices().get("gc");
    assertThat(gc.getPropagation()).isEqualTo(Propagation.symmetric());
    assertThat(gc.isResidual()).isFalse();
    ComputationGraph net = new ComputationGraph(loaded);
    net.init();
    assertThat(net.getVertex("gc").paramTable(false)).containsOnlyKeys("W", "b", "lambda", "gamma");
  }
}
