package io.github.dl4jsnn.internal.blas;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Matrix products by ND4J: works wherever ND4J does, at the price of copies. */
final class Nd4jGemm extends Gemm {

  @Override
  void product(Matrix c, Matrix a, Matrix b, double scale, boolean add) {
    // The copies must not fill the workspace of whoever asks.
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      INDArray product = a.array().mmul(b.array());
      if (scale != 1) {
        product.muli(scale);
      }
      INDArray result = c.array();
      if (add) {
        result.addi(product);
      } else {
        result.assign(product);
      }
    }
  }
}
