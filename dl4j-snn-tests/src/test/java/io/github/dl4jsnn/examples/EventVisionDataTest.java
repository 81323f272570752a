package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.event.CameraSet;
import io.github.dl4jsnn.event.EventCamera;
import io.github.dl4jsnn.event.EventFrames;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.vision.ImageData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;

class EventVisionDataTest {
  private static final ImageData IMAGES =
      new ImageData("drawn", 10, DrawnDigits.draw(9, 1), 2, DrawnDigits.draw(3, 2));

  @TempDir Path folder;

  private EventVisionData data(String... options) {
    return new EventVisionData(
        IMAGES,
        CommandLine.populateCommand(new VisionOptions(), options),
        CommandLine.populateCommand(
            new EventVisionData.Options(), "--bins=6", "--cache=" + folder));
  }

  /** Frames of two bins are those of a recording in half as many bins, halved. */
  @Test
  void framesAreMeansOfNeighbouringBins() throws Exception {
    EventCamera camera = EventCamera.builder().threshold(0.3).build();
    CameraSet set = new CameraSet("drawn", IMAGES.part(Split.TEST), 10, camera);
    EventFrames frames =
        new EventFrames.Builder(3).window(0, camera.duration()).downSample(2).build();
    for (int pass = 0; pass < 2; pass++) { // recorded, and from the cache
      DataSetIterator batches = data("--time-steps=3,6").scoring(Split.TEST, 3, 2);
      for (int i = 0; i < 3; i += 2) {
        DataSet batch = batches.next();
        INDArray expected = Nd4j.createFromArray(frames.integrate(set.events(i)));
        assertThat(batch.getFeatures().size(1)).isEqualTo(3);
        assertThat(batch.getFeatures().slice(0).dup('c').reshape(expected.length()))
            .isEqualTo(expected.div(2));
        assertThat(batch.getLabels().argMax(1).getInt(0)).isEqualTo(i);
      }
    }
  }

  @Test
  void limitsAndShapes() {
    EventVisionData data = data("--time-steps=3", "--train-images=5", "--test-images=1");
    assertThat(data.name()).isEqualTo("dvs-drawn");
    assertThat(data.trainingExamples()).isEqualTo(5);
    assertThat(data.settings()).startsWith("5 training recordings; 1 of test;").doesNotContain(",");
    DataSetIterator training = data.training(3, 4, 1);
    assertThat(training.next().getFeatures().shape()).containsExactly(4, 3, 2 * 17 * 17);
    assertThat(training.next().getFeatures().shape()).containsExactly(1, 3, 2 * 17 * 17);
    assertThat(training.hasNext()).isFalse();
    assertThat(data.scoring(Split.VALIDATION, 3, 4).next().numExamples()).isEqualTo(1);
  }
}
