package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikeEncodingLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.ResetGradient;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Networks in which spiking layers stand between layers of DL4J that know no time: built from an
 * input type and layers alone, as users write them. All dimensions differ.
 */
public enum FoldedNetwork {
  /** Dense layers applied to each step of a sequence, time in the middle. */
  DENSE_NWC(InputType.recurrent(5, RNNFormat.NWC)),
  /** The same, time last. */
  DENSE_NCW(InputType.recurrent(5, RNNFormat.NCW)),
  /** A recurrent layer of DL4J, NWC. */
  LSTM_NWC(InputType.recurrent(5, RNNFormat.NWC)),
  /** A recurrent layer of DL4J, NCW. */
  LSTM_NCW(InputType.recurrent(5, RNNFormat.NCW)),
  /** Convolution and pooling over time. */
  CONVOLUTION_OVER_TIME(InputType.recurrent(5, RNNFormat.NCW)),
  /** Images, encoded as spike trains before the first convolution. */
  ENCODED_IMAGES(InputType.convolutional(7, 6, 2)),
  /** The same with channels last. */
  ENCODED_IMAGES_NHWC(InputType.convolutional(7, 6, 2, CNN2DFormat.NHWC)),
  /** Images, convolved once and held as a constant current. */
  HELD_IMAGES(InputType.convolutional(7, 6, 2)),
  /** Sequences of images, NWC. */
  IMAGE_SEQUENCE_NWC(InputType.recurrent(84, RNNFormat.NWC)),
  /** Sequences of images, NCW. */
  IMAGE_SEQUENCE_NCW(InputType.recurrent(84, RNNFormat.NCW)),
  /** A recurrent layer of DL4J behind spiking images, which DL4J itself unfolds. */
  LSTM_ON_IMAGES(InputType.recurrent(84, RNNFormat.NCW));

  public static final int CLASSES = 3;

  /** Steps for which static input is held or encoded. */
  public static final int HELD = 3;

  private final InputType type;

  FoldedNetwork(InputType type) {
    this.type = type;
  }

  public InputType type() {
    return type;
  }

  public boolean isSequence() {
    return type instanceof InputType.InputTypeRecurrent;
  }

  private RNNFormat format() {
    return ((InputType.InputTypeRecurrent) type).getFormat();
  }

  private List<Layer> layers(Firing firing, Backend backend, Activation activation) {
    Layer dense = new DenseLayer.Builder().nOut(8).activation(activation).build();
    Layer lif = lif(firing, backend).build();
    Layer read = new SpikeReadoutLayer.Builder().scale(3).backend(backend).build();
    Layer out =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build();
    Layer conv = new ConvolutionLayer.Builder(3, 2).nOut(4).activation(Activation.IDENTITY).build();
    Layer conv2 =
        new ConvolutionLayer.Builder(2, 1).nOut(3).activation(Activation.IDENTITY).build();
    Layer pool =
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}).build();
    Layer convNoBias =
        new ConvolutionLayer.Builder(3, 2)
            .nOut(4)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build();
    Layer norm = new BatchNormalization.Builder().build();
    Layer encode =
        new SpikeEncodingLayer.Builder().encoder(new DirectEncoder()).timeSteps(HELD).build();
    switch (this) {
      case DENSE_NWC:
      case DENSE_NCW:
        return List.of(dense, lif, dense.clone(), lif.clone(), read, out);
      case LSTM_NWC:
      case LSTM_NCW:
        return List.of(new LSTM.Builder().nOut(7).build(), lif, dense, lif.clone(), read, out);
      case CONVOLUTION_OVER_TIME:
        return List.of(
            new Convolution1DLayer.Builder(2).nOut(6).activation(Activation.IDENTITY).build(),
            lif,
            new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.AVG, 2, 1).build(),
            lif.clone(),
            read,
            out);
      case ENCODED_IMAGES:
      case ENCODED_IMAGES_NHWC:
        return List.of(
            encode, convNoBias, norm, lif, pool, conv2, lif.clone(), dense, lif.clone(), read, out);
      case HELD_IMAGES:
        return List.of(
            conv,
            lif(firing, backend).timeSteps(HELD).build(),
            pool,
            conv2,
            lif,
            dense,
            lif.clone(),
            read,
            out);
      case IMAGE_SEQUENCE_NWC:
      case IMAGE_SEQUENCE_NCW:
        return List.of(conv, lif, pool, lif.clone(), dense, lif.clone(), read, out);
      default:
        return List.of(conv, lif, new LSTM.Builder().nOut(7).build(), lif.clone(), read, out);
    }
  }

  private static LifLayer.Builder lif(Firing firing, Backend backend) {
    return new LifLayer.Builder()
        .backend(backend)
        .neuron(
            LifParameters.builder()
                .decay(0.7)
                .threshold(0.4)
                .firing(firing)
                .resetGradient(ResetGradient.EXACT)
                .surrogate(new ArctanSurrogate(1.5))
                .build());
  }

  /** DL4J cannot infer height and width of a sequence of images. */
  private InputPreProcessor first() {
    return isSequence() && ((InputType.InputTypeRecurrent) type).getSize() == 84
        ? new RnnToCnnPreProcessor(7, 6, 2, format())
        : null;
  }

  public MultiLayerNetwork network(
      NeuralNetConfiguration.Builder start, Firing firing, Backend backend, Activation dense) {
    NeuralNetConfiguration.ListBuilder list = start.list();
    for (Layer l : layers(firing, backend, dense)) {
      list.layer(l);
    }
    if (first() != null) {
      list.inputPreProcessor(0, first());
    }
    MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(type).build());
    net.init();
    return net;
  }

  /** In double, so that rounding decides no spike. */
  public static NeuralNetConfiguration.Builder start() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .dataType(DataType.DOUBLE)
        .updater(new Adam(0.02));
  }

  public MultiLayerNetwork network() {
    return network(start(), Firing.SPIKE, Backend.FUSED, Activation.IDENTITY);
  }

  /** The same as a graph. */
  public ComputationGraph graph() {
    return graph(0);
  }

  /** As a graph, whose unfolding layers know the number of steps unless it is 0. */
  public ComputationGraph graph(int foldedTimeSteps) {
    GraphBuilder b = start().graphBuilder().addInputs("0");
    int i = 0;
    for (Layer l : layers(Firing.SPIKE, Backend.FUSED, Activation.IDENTITY)) {
      if (foldedTimeSteps > 0 && l instanceof LifLayer && ((LifLayer) l).getTimeSteps() == 0) {
        l = lif(Firing.SPIKE, Backend.FUSED).foldedTimeSteps(foldedTimeSteps).build();
      }
      InputPreProcessor p = i == 0 ? first() : null;
      b.addLayer(Integer.toString(i + 1), l, p, Integer.toString(i));
      i++;
    }
    b.setOutputs(Integer.toString(i)).setInputTypes(type);
    ComputationGraph net = new ComputationGraph(b.build());
    net.init();
    return net;
  }

  /** Features of n examples; sequences have the given number of steps. */
  public INDArray features(int n, int steps, long seed) {
    long[] shape = type.getShape(true);
    shape[0] = n;
    if (isSequence()) {
      shape[format() == RNNFormat.NWC ? 1 : 2] = steps;
    }
    return Values.uniform(seed, 0, 2, DataType.DOUBLE, shape);
  }

  /** Labels that can be read off the features: images and sequences brighter by class. */
  public DataSet data(int n, int steps) {
    INDArray x = features(n, steps, 1);
    INDArray y = Nd4j.zeros(DataType.DOUBLE, n, CLASSES);
    for (int i = 0; i < n; i++) {
      x.slice(i).muli(0.3 + 0.6 * (i % CLASSES));
      y.putScalar(i, i % CLASSES, 1);
    }
    return new DataSet(x, y);
  }
}
