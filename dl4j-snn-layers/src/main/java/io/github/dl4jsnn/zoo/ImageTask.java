package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.PatchPreProcessor;
import io.github.dl4jsnn.internal.BuilderChecks;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** Classification of images, cut into a sequence of patches, to {@code [N, classes]}. */
final class ImageTask extends SequenceTask {
  private final InputType images;
  private final int patchSize;
  private final int classes;

  ImageTask(String label, InputType images, int patchSize, int classes) {
    PatchPreProcessor.of(images, patchSize); // checks
    this.images = images;
    this.patchSize = patchSize;
    this.classes = BuilderChecks.size(label, "classes", classes);
  }

  @Override
  InputPreProcessor preProcessor() {
    return PatchPreProcessor.of(images, patchSize);
  }

  @Override
  InputType inputType() {
    return images;
  }

  @Override
  OutputLayer.Builder output() {
    return classes(classes);
  }

  @Override
  boolean readsLastPosition() {
    return false;
  }
}
