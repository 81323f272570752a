package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.event.CameraSet;
import io.github.dl4jsnn.event.EventCamera;
import io.github.dl4jsnn.vision.ImageSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventCameraPicturesTest {
  @TempDir Path folder;

  @Test
  void drawsWhatTheCameraSees() throws IOException {
    CommandRun run =
        new CommandRun(
            new EventCameraPictures(), "--digits=2", "--time-steps=3", "--out=" + folder);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out).contains("digit").contains("event-camera.png");
    BufferedImage png = ImageIO.read(folder.resolve("images/event-camera.png").toFile());
    assertThat(png.getWidth()).isEqualTo(6 + 4 * (34 * 4 + 6));
    int blue = 0;
    int red = 0;
    for (int x = 0; x < png.getWidth(); x++) {
      for (int y = 30; y < png.getHeight(); y++) {
        int rgb = png.getRGB(x, y);
        int difference = (rgb & 255) - (rgb >> 16 & 255);
        blue += difference > 100 ? 1 : 0;
        red += difference < -100 ? 1 : 0;
      }
    }
    assertThat(blue).isGreaterThan(500);
    assertThat(red).isGreaterThan(500);
  }

  @Test
  void badOptionsAreNamed() {
    CommandRun run = new CommandRun(new EventCameraPictures(), "--digits=0");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("--digits");
  }

  /** Digits of one class differ, and all are drawn within the picture. */
  @Test
  void drawnDigits() {
    ImageSet digits = DrawnDigits.draw(40, 3);
    CameraSet seen =
        new CameraSet("drawn", digits, DrawnDigits.CLASSES, EventCamera.builder().build());
    for (int i = 0; i < 40; i++) {
      assertThat(digits.label(i)).isEqualTo(i % 10);
      int ink = 0;
      int border = 0;
      for (int k = 0; k < 28; k++) {
        for (int j = 0; j < 28; j++) {
          ink += digits.pixel(i, 0, k, j);
        }
        border += digits.pixel(i, 0, 0, k) + digits.pixel(i, 0, 27, k);
        border += digits.pixel(i, 0, k, 0) + digits.pixel(i, 0, k, 27);
      }
      assertThat(ink / 255).isBetween(30, 250);
      assertThat(border).isZero();
      assertThat(seen.events(i).size()).isBetween(800, 8000);
    }
    assertThat(seen.events(0)).isNotEqualTo(seen.events(10));
  }
}
