package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.internal.op.LifOp;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Surrogate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays for a forward and backward pass of LIF neurons: currents uniform in [0, 1), the gradient
 * from above 1; k 0.5, threshold 1, hard reset, detached, float. Outputs are written into arrays
 * that exist, as in a training step, where DL4J's workspaces hold them.
 */
final class LifPass {
  static final float DECAY = 0.5f;

  final INDArray in;
  final INDArray gradient;
  final INDArray out;
  final INDArray dIn;
  private final LifOp op;

  /**
   * Makes the arrays.
   *
   * @param shape {@code TxNxF}
   */
  LifPass(String shape, Surrogate surrogate) {
    String[] size = shape.split("x");
    long steps = Long.parseLong(size[0]);
    long examples = Long.parseLong(size[1]);
    long features = Long.parseLong(size[2]);
    Nd4j.getRandom().setSeed(0);
    in = Nd4j.rand(DataType.FLOAT, examples, steps, features);
    gradient = Nd4j.ones(DataType.FLOAT, examples, steps, features);
    out = Nd4j.createUninitialized(DataType.FLOAT, examples, steps, features);
    dIn = Nd4j.createUninitialized(DataType.FLOAT, examples, steps, features);
    LifParameters neuron = LifParameters.builder().decay(DECAY).surrogate(surrogate).build();
    op = LifOp.create("LIF", neuron, DataType.FLOAT);
  }

  INDArray run() {
    op.forward(in, null, out);
    op.backward(in, null, gradient, dIn);
    return dIn;
  }
}
