package io.github.dl4jsnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** Gradients of DL4J's causal convolutions as they stand in the network. */
@ExtendWith(DoublePrecision.class)
class TcnForecasterTest {

  @Test
  void gradientsEqualFiniteDifferences() {
    ComputationGraph net =
        TcnForecaster.builder(2, 6, 3)
            .hidden(3)
            .blocks(2)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    GraphConfig check =
        new GraphConfig()
            .net(net)
            .inputs(new INDArray[] {Values.uniform(1, -1, 1, DataType.DOUBLE, 3, 6, 2)})
            .labels(new INDArray[] {Values.uniform(2, -1, 1, DataType.DOUBLE, 3, 6)})
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
  }
}
