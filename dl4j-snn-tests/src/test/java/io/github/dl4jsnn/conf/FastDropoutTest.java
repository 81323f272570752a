package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class FastDropoutTest {
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  private static INDArray forward(IDropout dropout, INDArray in, INDArray out) {
    return dropout.applyDropout(in, out, 0, 0, NONE);
  }

  @Test
  void keepsTheShareAndScalesIt() {
    for (double p : new double[] {0.1, 0.6, 0.75, 1}) {
      Nd4j.getRandom().setSeed(7);
      INDArray out = Nd4j.create(DataType.FLOAT, 200, 13, 31);
      forward(new FastDropout(p), Nd4j.ones(DataType.FLOAT, 200, 13, 31), out);
      int n = 200 * 13 * 31;
      double kept = out.gt(0).castTo(DataType.DOUBLE).sumNumber().doubleValue() / n;
      assertThat(kept).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / n) + 1e-5));
      assertThat(out.maxNumber().doubleValue()).isCloseTo(1 / p, within(1e-6));
      assertThat(out.minNumber().doubleValue()).isEqualTo(p == 1 ? 1 : 0);
    }
  }

  /** Every forward pass has a mask of its own, and the backward pass the same. */
  @Test
  void backwardHasTheMaskOfForward() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      for (long[] shape : new long[][] {{7}, {5, 3}, {3, 4, 70}, {2, 3, 4, 5}}) {
        FastDropout dropout = new FastDropout(0.5);
        INDArray ones = Nd4j.ones(type, shape);
        INDArray mask = forward(dropout, ones, Nd4j.create(type, shape));
        INDArray g = Nd4j.rand(type, shape);
        INDArray dIn = dropout.backprop(g, Nd4j.create(type, shape), 0, 0);
        Tolerances.assertIdentical("gradient", dIn, g.mul(mask));
      }
    }
    FastDropout dropout = new FastDropout(0.5);
    INDArray ones = Nd4j.ones(DataType.FLOAT, 50, 50);
    INDArray first = forward(dropout, ones, ones.ulike());
    assertThat(forward(dropout, ones, ones.ulike())).isNotEqualTo(first);
  }

  /** Any order in memory, in place or not. */
  @Test
  void anyOrderInMemory() {
    INDArray in = Values.uniform(1, 1, 2, DataType.DOUBLE, 4, 5, 6);
    Nd4j.getRandom().setSeed(3);
    INDArray plain = forward(new FastDropout(0.4), in, in.ulike());
    INDArray turned = in.permute(0, 2, 1).dup('c').permute(0, 2, 1);
    for (INDArray[] io :
        new INDArray[][] {
          {in, Nd4j.create(DataType.DOUBLE, new long[] {4, 5, 6}, 'f')},
          {in.dup('f'), in.ulike()},
          {turned, turned}
        }) {
      Nd4j.getRandom().setSeed(3);
      Tolerances.assertIdentical("output", forward(new FastDropout(0.4), io[0], io[1]), plain);
      Tolerances.assertIdentical("array of the output", io[1], plain);
    }
  }

  private static ComputationGraphConfiguration conf(IDropout dropout) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .graphBuilder()
        .addInputs("in")
        .addLayer("a", new DenseLayer.Builder().nOut(4).dropOut(dropout).build(), "in")
        .addLayer("b", new OutputLayer.Builder().nOut(2).build(), "a")
        .setOutputs("b")
        .setInputTypes(InputType.feedForward(3))
        .build();
  }

  @Test
  void takesThePlaceOfConstantDropout() {
    ComputationGraphConfiguration conf = FastDropout.applyTo(conf(new Dropout(0.3)));
    assertThat(dropout(conf)).isEqualTo(new FastDropout(0.3));
    assertThat(ComputationGraphConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
    for (IDropout other :
        new IDropout[] {
          new GaussianDropout(0.3), new Dropout(new ExponentialSchedule(ScheduleType.EPOCH, 1, 0.9))
        }) {
      assertThat(dropout(FastDropout.applyTo(conf(other)))).isEqualTo(other);
    }
    ComputationGraph net = new ComputationGraph(conf);
    net.init();
    INDArray x = Values.uniform(1, -1, 1, DataType.FLOAT, 6, 3);
    Tolerances.assertIdentical("inference", net.outputSingle(x), net.outputSingle(x));
    assertThat(net.output(true, x)[0]).isNotEqualTo(net.output(true, x)[0]);
  }

  private static IDropout dropout(ComputationGraphConfiguration conf) {
    return ((LayerVertex) conf.getVertices().get("a")).getLayerConf().getLayer().getIDropout();
  }

  @Test
  void badUseIsRefused() {
    for (double p : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new FastDropout(p))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("FastDropout", String.valueOf(p));
    }
    INDArray g = Nd4j.ones(2, 2);
    assertThatThrownBy(() -> new FastDropout(0.5).backprop(g, g.ulike(), 0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("FastDropout");
  }
}
