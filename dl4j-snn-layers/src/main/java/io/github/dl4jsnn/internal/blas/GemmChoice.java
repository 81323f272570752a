package io.github.dl4jsnn.internal.blas;

import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the implementation when it is first asked for. */
final class GemmChoice {
  private static final Logger log = LoggerFactory.getLogger(GemmChoice.class);

  static final Gemm CHOSEN = choose();

  private GemmChoice() {}

  private static Gemm choose() {
    // ND4J first: it sets the number of threads of the library that both of us call.
    Nd4j.factory().blas();
    try {
      Gemm blas = new OpenBlasGemm();
      log.info("Matrix products: OpenBLAS, called directly");
      return blas;
    } catch (LinkageError e) {
      log.info("Matrix products: ND4J ({}); org.bytedeco:openblas would be faster", e.toString());
      return new Nd4jGemm();
    }
  }
}
