package io.github.dl4jsnn.convert;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Counts right answers of both networks in one pass. */
final class ReportPass {

  private ReportPass() {}

  static ConversionReport run(
      ComputationGraph ann, ReadoutOverTime snn, DataSetIterator data, int... timeSteps) {
    long annRight = 0;
    long[] right = new long[timeSteps.length];
    long examples = 0;
    data.reset();
    while (data.hasNext()) {
      DataSet batch = data.next();
      check(batch.getLabels());
      INDArray labels = batch.getLabels().argMax(1);
      annRight += hits(ann.output(batch.getFeatures())[0], labels);
      INDArray currents = snn.currents(batch.getFeatures());
      INDArray sum = currents.slice(0).dup('c');
      int read = 0;
      for (int t = 1; t <= timeSteps[timeSteps.length - 1]; t++) {
        if (t > 1) {
          sum.addi(currents.slice(t - 1));
        }
        if (t == timeSteps[read]) {
          right[read++] += hits(sum, labels);
        }
      }
      examples += labels.length();
    }
    if (examples == 0) {
      throw new IllegalArgumentException("ConversionReport: expected data, got no batch");
    }
    double[] accuracies = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      accuracies[i] = (double) right[i] / examples;
    }
    return new ConversionReport((double) annRight / examples, timeSteps, accuracies);
  }

  private static void check(INDArray labels) {
    if (labels.rank() != 2 || labels.size(1) < 2) {
      throw new IllegalArgumentException(
          "ConversionReport: expected one-hot labels [N, classes] of two classes or more, got "
              + labels.shapeInfoToString());
    }
  }

  private static long hits(INDArray scores, INDArray labels) {
    return scores
        .argMax(1)
        .eq(labels)
        .castTo(org.nd4j.linalg.api.buffer.DataType.INT64)
        .sumNumber()
        .longValue();
  }
}
