package io.github.dl4jsnn.event;

import static io.github.dl4jsnn.event.EventFiles.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.vision.ImageSet;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Folders as the sets are published. */
class EventSetTest {
  @TempDir Path root;

  private void write(String name, byte[] bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes());
  }

  @Test
  void nMnist() throws IOException {
    for (int digit = 0; digit < 10; digit++) {
      for (int n : new int[] {digit, 10 + digit}) {
        write(
            String.format("Train/%d/%05d.bin", digit, n),
            EventFiles.nMnist(new long[] {digit, n, 1, 100 + n}));
      }
      write(
          "Test/" + digit + "/00001.bin", EventFiles.nMnist(new long[] {33, digit, 0, 7 + digit}));
    }
    write("Train/3/readme.txt", "not a recording");
    EventFolder train = EventFolder.nMnist(root, true);
    assertThat(train.size()).isEqualTo(20);
    assertThat(train.numClasses()).isEqualTo(10);
    assertThat(train.width()).isEqualTo(34);
    assertThat(train.classNames()).containsExactly("0 1 2 3 4 5 6 7 8 9".split(" "));
    for (int i = 0; i < 20; i++) {
      int digit = i / 2;
      int n = digit + 10 * (i % 2);
      assertThat(train.label(i)).isEqualTo(digit);
      assertThat(train.file(i)).hasFileName(String.format("%05d.bin", n));
      assertThat(train.events(i)).isEqualTo(events(34, 34, new long[] {digit, n, 1, 100 + n}));
    }
    EventFolder test = EventFolder.nMnist(root, false);
    assertThat(test.size()).isEqualTo(10);
    assertThat(test.events(4).y(0)).isEqualTo(4);
    assertThat(test.key()).isNotEqualTo(train.key());
    assertThatThrownBy(() -> EventFolder.nMnist(root.resolve("Train"), true))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("Train");
    assertThatThrownBy(() -> EventFolder.nMnist(Files.createDirectories(root.resolve("x")), true))
        .isInstanceOf(FileNotFoundException.class);
  }

  /** Ten of a class, in the order of their numbers: nine for training. */
  @Test
  void cifar10Dvs() throws IOException {
    for (String name : new String[] {"cat", "airplane"}) {
      for (int n = 0; n < 20; n++) {
        write(
            name + "/cifar10_" + name + "_" + n + ".aedat",
            EventFiles.aedat2(new long[] {n, 0, 0, n}));
      }
    }
    EventFolder train = EventFolder.cifar10Dvs(root, true);
    EventFolder test = EventFolder.cifar10Dvs(root, false);
    assertThat(train.size()).isEqualTo(36);
    assertThat(test.size()).isEqualTo(4);
    assertThat(train.classNames()).containsExactly("airplane", "cat");
    assertThat(train.file(10)).hasFileName("cifar10_airplane_10.aedat");
    assertThat(test.file(1)).hasFileName("cifar10_airplane_19.aedat");
    assertThat(test.label(2)).isEqualTo(1);
    assertThat(test.events(2)).isEqualTo(events(128, 128, new long[] {127, 127 - 18, 1, 18}));
  }

  @Test
  void dvsGesture() throws IOException {
    write("trials_to_train.txt", "user01_a.aedat\r\nuser02_b.aedat\n\n");
    write("trials_to_test.txt", "user03_a.aedat\n");
    String header = "class,startTime_usec,endTime_usec\r\n";
    write("user01_a_labels.csv", header + "1,10,20\r\n11,15,40\r\n");
    write("user02_b_labels.csv", header + "8,3000000000,4000000000");
    write("user03_a_labels.csv", header);
    long[][] a = {{1, 1, 0, 9}, {2, 2, 1, 10}, {3, 3, 0, 19}, {4, 4, 1, 20}, {5, 5, 0, 39}};
    write("user01_a.aedat", new EventFiles(EventFiles.AEDAT_3).polarities(0, a).bytes());
    long[][] b = {{6, 6, 1, 3_000_000_000L - (1L << 31)}};
    write("user02_b.aedat", new EventFiles(EventFiles.AEDAT_3).polarities(1, b).bytes());
    DvsGesture train = new DvsGesture(root, true);
    assertThat(train.size()).isEqualTo(3);
    assertThat(train.numClasses()).isEqualTo(11);
    assertThat(train.events(2)).isEqualTo(events(128, 128, new long[] {6, 6, 1, 3_000_000_000L}));
    assertThat(train.events(0)).isEqualTo(events(128, 128, a[1], a[2]));
    assertThat(train.events(1)).isEqualTo(events(128, 128, a[2], a[3], a[4]));
    assertThat(new int[] {train.label(0), train.label(1), train.label(2)})
        .containsExactly(0, 10, 7);
    DvsGesture test = new DvsGesture(root, false);
    assertThat(test.size()).isZero();
    assertThat(test.key()).isNotEqualTo(train.key());
    assertThatThrownBy(() -> new DvsGesture(root.resolve("x"), true))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("trials_to_train.txt");
  }

  @Test
  void mistakesInGestureLabels() {
    assertLabels("class,start,end\n", 0, "class,startTime_usec,endTime_usec");
    assertLabels("", 0, "class,startTime_usec,endTime_usec");
    String header = "class,startTime_usec,endTime_usec\n";
    assertLabels(header + "1,2,3\n12,4,5\n", 40, "\"12,4,5\"");
    assertLabels(header + "0,4,5\n", 34, "class of 1 to 11");
    assertLabels(header + "3,5,4\n", 34, "\"3,5,4\"");
    assertLabels(header + "3,5\n", 34, "\"3,5\"");
    assertLabels(header + "3,5,6,7\n", 34, "\"3,5,6,7\"");
    assertLabels(header + "3,-5,6\n", 34, "\"3,-5,6\"");
    assertLabels(header + "3,five,6\n", 34, "five");
  }

  private static void assertLabels(String text, long offset, String word) {
    assertThatThrownBy(() -> GestureLabels.read("l.csv", new ByteArrayInputStream(text.getBytes())))
        .isInstanceOfSatisfying(
            EventFormatException.class, e -> assertThat(e.getOffset()).isEqualTo(offset))
        .hasMessageContainingAll("l.csv: byte " + offset, word);
  }

  @Test
  void imagesSeenByACamera() {
    byte[] pixels = new byte[2 * 3 * 4 * 5];
    new java.util.Random(2).nextBytes(pixels);
    ImageSet images = new ImageSet(pixels, new byte[] {1, 0}, 3, 4, 5);
    EventCamera camera = EventCamera.builder().margin(1).noiseRate(50).white(255).build();
    CameraSet set = new CameraSet("noise", images, 2, camera);
    assertThat(new int[] {set.size(), set.numClasses(), set.width(), set.height(), set.label(0)})
        .containsExactly(2, 2, 7, 6, 1);
    INDArray second = Nd4j.create(DataType.FLOAT, 3, 4, 5);
    for (int i = 0; i < 60; i++) {
      second.putScalar(i, pixels[60 + i] & 255);
    }
    assertThat(set.events(1)).isEqualTo(camera.record(second, 1)).isEqualTo(set.events(1));
    assertThat(set.events(1).size()).isGreaterThan(100);
    CameraSet scaled = new CameraSet("noise", images, 2, camera.withWhite(1));
    assertThat(scaled.events(1)).isEqualTo(set.events(1));
    assertThat(scaled.key()).isEqualTo(set.key());
    EventCamera other = EventCamera.builder().path(CameraPath.triangle(3, 100)).build();
    assertThat(new CameraSet("noise", images, 2, other).key()).isNotEqualTo(set.key());
    ImageSet two = new ImageSet(pixels, new byte[3], 2, 4, 5);
    assertThatThrownBy(() -> new CameraSet("two", two, 1, camera)).hasMessageContaining("channels");
  }

  @Test
  void listsAreChecked() {
    Events e = events(2, 2, new long[] {0, 0, 0, 0});
    assertThat(new EventList("a", List.of(e, e), new int[] {1, 0}, 2).label(0)).isEqualTo(1);
    assertThatThrownBy(() -> new EventList("a", List.of(), new int[0], 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EventList("a", List.of(e), new int[] {2}, 2))
        .hasMessageContainingAll("0 to 1", "got 2 at 0");
    assertThatThrownBy(() -> new EventList("a", List.of(e, events(3, 2)), new int[2], 2))
        .hasMessageContainingAll("2x2", "at 1");
  }
}
