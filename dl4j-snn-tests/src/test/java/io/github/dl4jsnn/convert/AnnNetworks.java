package io.github.dl4jsnn.convert;

import io.github.dl4jsnn.conf.SpikingBatchNormalization;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.conf.SpikingPooling;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Small networks with rectifiers, and data for them. */
final class AnnNetworks {

  private AnnNetworks() {}

  static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .weightInit(WeightInit.RELU)
        .activation(Activation.IDENTITY);
  }

  static ConvolutionLayer.Builder conv(int channels) {
    return new ConvolutionLayer.Builder(3, 3).nOut(channels).biasInit(0.1);
  }

  static SubsamplingLayer pool(SubsamplingLayer.PoolingType type) {
    return new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build();
  }

  static OutputLayer output() {
    return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
  }

  /** Convolutions with and without batch normalisation, pooling, dense. */
  static MultiLayerNetwork list(boolean locked) {
    BatchNormalization.Builder norm = new BatchNormalization.Builder();
    if (locked) {
      norm.lockGammaBeta(true).gamma(1.5).beta(0.2).useLogStd(false);
    }
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            settings()
                .list()
                .layer(conv(4).hasBias(false).build())
                .layer(norm.build())
                .layer(new ActivationLayer.Builder().activation(Activation.RELU).build())
                .layer(pool(SubsamplingLayer.PoolingType.MAX))
                .layer(new DropoutLayer(0.5))
                .layer(conv(5).activation(Activation.RELU).name("second").build())
                .layer(pool(SubsamplingLayer.PoolingType.AVG))
                .layer(new DenseLayer.Builder().nOut(7).dropOut(0.5).build())
                .layer(new BatchNormalization())
                .layer(new ActivationLayer.Builder().activation(Activation.RELU6).build())
                .layer(output())
                .setInputType(InputType.convolutional(12, 13, 2))
                .build());
    net.init();
    randomNormalization(net.getLayers());
    return net;
  }

  /** A convolution, normalised and rectified, and a dense layer: DL4J's layers or ours. */
  static MultiLayerNetwork normalized(boolean ours) {
    var list = settings().list();
    if (ours) {
      list.layer(new SpikingConvolution.Builder(3, 3).nOut(4).biasInit(0.1).build())
          .layer(new SpikingBatchNormalization.Builder().relu(true).build())
          .layer(new SpikingPooling.Builder(PoolingType.AVG).kernelSize(2, 2).stride(2, 2).build());
    } else {
      list.layer(conv(4).build())
          .layer(new BatchNormalization())
          .layer(new ActivationLayer.Builder().activation(Activation.RELU).build())
          .layer(pool(SubsamplingLayer.PoolingType.AVG));
    }
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            list.layer(new DenseLayer.Builder().nOut(6).activation(Activation.RELU).build())
                .layer(output())
                .setInputType(InputType.convolutional(7, 8, 2))
                .build());
    net.init();
    randomNormalization(net.getLayers());
    return net;
  }

  /** A residual sum of spikes and currents, a concatenation, global pooling. */
  static ComputationGraph graph() {
    GraphBuilder b =
        settings()
            .graphBuilder()
            .addInputs("pixels")
            .addLayer("stem", conv(4).activation(Activation.RELU).build(), "pixels")
            .addLayer("a", conv(4).padding(1, 1).build(), "stem")
            .addLayer("norm", new BatchNormalization(), "a")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "norm", "stem")
            .addLayer(
                "relu", new ActivationLayer.Builder().activation(Activation.RELU).build(), "sum")
            .addVertex("both", new MergeVertex(), "relu", "stem")
            .addLayer("c", conv(6).activation(Activation.RELU).build(), "both")
            .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "c")
            .addLayer("out", output(), "mean")
            .setOutputs("out")
            .setInputTypes(InputType.convolutional(9, 10, 2));
    ComputationGraph net = new ComputationGraph(b.build());
    net.init();
    randomNormalization(net.getLayers());
    return net;
  }

  private static void randomNormalization(Layer... layers) {
    long seed = 1;
    for (Layer layer : layers) {
      if (layer.conf().getLayer() instanceof BatchNormalization) {
        for (INDArray p : layer.paramTable().values()) {
          p.assign(Values.uniform(seed++, 0.1, 0.6, p.dataType(), p.shape()));
        }
      }
    }
  }

  static INDArray images(int n, int height, int width) {
    return Values.uniform(3, 0, 1, DataType.FLOAT, n, 2, height, width);
  }

  static DataSetIterator data(INDArray features, int batch) {
    List<DataSet> examples = new ArrayList<>();
    for (int i = 0; i < features.size(0); i++) {
      INDArray label = Nd4j.zeros(DataType.FLOAT, 1, 3).putScalar(0, i % 3, 1);
      long[] shape = features.shape().clone(); // the array itself otherwise
      shape[0] = 1;
      examples.add(new DataSet(features.slice(i).reshape(shape), label));
    }
    return new ListDataSetIterator<>(examples, batch);
  }
}
