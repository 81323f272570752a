package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.learning.MseRateLoss;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.Set;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** Gradients of a whole convolution network against finite differences. */
@ExtendWith(DoublePrecision.class)
class ImageGradientCheckTest {

  @ParameterizedTest
  @EnumSource(names = {"MAX", "AVG"})
  void convolutionNetwork(PoolingType pooling) {
    LifParameters neuron =
        LifParameters.builder()
            .decay(0.7)
            .threshold(0.4)
            .firing(Firing.SMOOTH)
            .resetGradient(ResetGradient.EXACT)
            .surrogate(new ArctanSurrogate(1.5))
            .build();
    LifLayer lif = new LifLayer.Builder().neuron(neuron).build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new SpikingConvolution.Builder(3, 3).padding(1, 1).nOut(3).build())
                .layer(new SpikingBatchNormalization.Builder().build())
                .layer(new LifLayer.Builder().neuron(neuron).timeSteps(3).build())
                .layer(new SpikingPooling.Builder(pooling).build())
                .layer(new SpikingConvolution.Builder(3, 3).padding(1, 1).nOut(2).build())
                .layer(new SpikingBatchNormalization.Builder().build())
                .layer(lif)
                .layer(new SpikingDense.Builder().nOut(4).build())
                .layer(lif.clone())
                .layer(new VotingLayer.Builder().votes(2).build())
                .layer(new SpikeLossLayer.Builder(new MseRateLoss()).build())
                .setInputType(InputType.convolutional(6, 4, 2))
                .build());
    net.init();
    boolean passed =
        GradientCheckUtil.checkGradients(
            new MLNConfig()
                .net(net)
                .epsilon(1e-6)
                .maxRelError(Tolerances.FINITE_DIFFERENCE)
                .minAbsoluteError(1e-9)
                .input(Values.uniform(1, 0, 1, DataType.DOUBLE, 3, 2, 6, 4))
                .labels(Values.array(new double[] {1, 0, 0, 1, 1, 0}, DataType.DOUBLE, 3, 2))
                .excludeParams(Set.of("1_mean", "1_log10stdev", "5_mean", "5_log10stdev")));
    assertThat(passed).isTrue();
  }
}
