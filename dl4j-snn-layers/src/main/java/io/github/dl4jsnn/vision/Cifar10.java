package io.github.dl4jsnn.vision;

import io.github.dl4jsnn.graph.DataFolder;
import io.github.dl4jsnn.internal.data.ByteFile;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10: photographs in ten classes, 32 x 32 in red, green and blue. The last 5,000 training
 * images are for validation, 10,000 others to test.
 *
 * <p>Reads the binary version of its authors, {@code data_batch_1.bin} to {@code data_batch_5.bin}
 * and {@code test_batch.bin}, gzipped or not: records of a label byte and 1024 red, 1024 green and
 * 1024 blue bytes, row by row. Training batches that are not there are left out; look at {@link
 * ImageData#toString} for how many images there are.
 *
 * <p><b>Source.</b> A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
 */
public final class Cifar10 {

  /** Number of classes. */
  public static final int CLASSES = 10;

  /** Number of images for validation. */
  public static final int VALIDATION = 5000;

  private static final int SIZE = 32;
  private static final int CHANNELS = 3;
  private static final int PIXELS = CHANNELS * SIZE * SIZE;
  private static final int BATCHES = 5;

  private Cifar10() {}

  /**
   * Reads CIFAR-10 from {@code vision/cifar10} of the data folder.
   *
   * @return the images
   * @throws IllegalStateException if there is no data folder
   * @throws IOException if a file is missing, cut off or malformed
   */
  public static ImageData load() throws IOException {
    return load(DataFolder.require().resolve("vision").resolve("cifar10"), VALIDATION);
  }

  /**
   * Reads CIFAR-10.
   *
   * @param folder of the files
   * @param validation number of training images, the last ones, that are for validation
   * @return the images
   * @throws IOException if there is no training batch or no test batch, or one is cut off or
   *     malformed; the message names file and byte, what was expected and what came
   */
  public static ImageData load(Path folder, int validation) throws IOException {
    List<Path> batches = new ArrayList<>();
    for (int i = 1; i <= BATCHES; i++) {
      Path batch = file(folder, "data_batch_" + i + ".bin");
      if (Files.exists(batch)) {
        batches.add(batch);
      }
    }
    if (batches.isEmpty()) {
      throw new FileNotFoundException(
          folder + ": expected data_batch_1.bin.gz or another of data_batch_1 to 5, found none");
    }
    ImageSet test = read(List.of(file(folder, "test_batch.bin")));
    return new ImageData("cifar10", CLASSES, read(batches), validation, test);
  }

  private static ImageSet read(List<Path> files) throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    byte[] image = new byte[PIXELS];
    for (Path file : files) {
      try (ByteFile in = ByteFile.open(file)) {
        int label = in.next("a label");
        if (label < 0) {
          throw in.error("byte 0", "a record", "an empty file");
        }
        for (; label >= 0; label = in.next("a label")) {
          if (label >= CLASSES) {
            throw in.error(
                "byte " + (in.offset() - 1), "a label below " + CLASSES, "value " + label);
          }
          in.read(image, 0, PIXELS, PIXELS + " values of an image");
          labels.write(label);
          pixels.write(image, 0, PIXELS);
        }
      }
    }
    return new ImageSet(pixels.toByteArray(), labels.toByteArray(), CHANNELS, SIZE, SIZE);
  }

  private static Path file(Path folder, String name) {
    Path plain = folder.resolve(name);
    return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
  }
}
