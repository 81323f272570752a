package io.github.dl4jsnn.vision;

import io.github.dl4jsnn.graph.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MNIST: handwritten digits, 28 x 28, 0 is background and 255 ink. 55,000 to train, the last 5,000
 * of the training files to validate, 10,000 to test.
 *
 * <p>Reads the files of its authors, {@code train-images-idx3-ubyte} and so on, gzipped or not;
 * DL4J's {@code MnistDataSetIterator} downloads its own copy instead.
 *
 * <p><b>Source.</b> Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to
 * document recognition", Proceedings of the IEEE, 1998.
 */
public final class Mnist {

  /** Number of classes. */
  public static final int CLASSES = 10;

  /** Number of images for validation. */
  public static final int VALIDATION = 5000;

  private Mnist() {}

  /**
   * Reads MNIST from {@code vision/mnist} of the data folder.
   *
   * @return the images
   * @throws IllegalStateException if there is no data folder
   * @throws IOException if a file is missing, cut off or malformed
   */
  public static ImageData load() throws IOException {
    return load(DataFolder.require().resolve("vision").resolve("mnist"), VALIDATION);
  }

  /**
   * Reads MNIST, or another set in the same files, such as Fashion-MNIST.
   *
   * @param folder of the four files
   * @param validation number of training images, the last ones, that are for validation
   * @return the images
   * @throws IOException if a file is missing, cut off or malformed; the message names file and
   *     byte, what was expected and what came
   */
  public static ImageData load(Path folder, int validation) throws IOException {
    return new ImageData("mnist", CLASSES, read(folder, "train"), validation, read(folder, "t10k"));
  }

  private static ImageSet read(Path folder, String part) throws IOException {
    Path imageFile = file(folder, part + "-images-idx3-ubyte");
    Path labelFile = file(folder, part + "-labels-idx1-ubyte");
    IdxFile images = IdxFile.read(imageFile, 3);
    byte[] labels = IdxFile.read(labelFile, 1).values();
    int[] shape = images.shape();
    if (labels.length != shape[0]) {
      throw new IOException(
          String.format(
              "%s: expected a label for each of the %d images of %s, got %d",
              labelFile, shape[0], imageFile, labels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 255) >= CLASSES) {
        throw new IOException(
            String.format(
                "%s, byte %d: expected a label below %d, got %d",
                labelFile, 8 + i, CLASSES, labels[i] & 255));
      }
    }
    return new ImageSet(images.values(), labels, 1, shape[1], shape[2]);
  }

  private static Path file(Path folder, String name) {
    Path plain = folder.resolve(name);
    return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
  }
}
