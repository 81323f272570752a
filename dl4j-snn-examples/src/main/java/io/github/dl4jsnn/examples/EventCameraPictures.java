package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.event.EventCamera;
import io.github.dl4jsnn.event.EventFrames;
import io.github.dl4jsnn.event.Events;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.vision.ImageSet;
import io.github.dl4jsnn.vision.Mnist;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Shows what an event camera sees of digits: a simulated camera makes three saccades before each,
 * as that of N-MNIST did, and its events are integrated into frames.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.EventCameraPictures \
 *       -Dexec.args='--data mnist --out docs'
 * </pre>
 *
 * <p>Prints the number of events of each polarity, and writes {@code images/event-camera.png}: a
 * row for each digit, with the picture first and then the frames in the order of time, two a
 * saccade. A pixel that became brighter is blue, one that became darker red, stronger for more
 * events; one that did both is dark. An edge along the movement is not seen, so every saccade shows
 * other edges.
 */
@Command(
    name = "event-camera",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Draws what a simulated event camera sees of digits.")
public final class EventCameraPictures implements Callable<Integer> {

  /** Where digits come from. */
  enum Digits {
    DRAWN,
    MNIST
  }

  private static final int CELL = 4; // screen pixels of a pixel
  private static final int GAP = 6;
  private static final int TITLE = 22;

  /** Events of a pixel in a frame that give full colour. */
  private static final double FULL = 6;

  /** What is legible in one picture. */
  private static final int MAX_DIGITS = 50;

  @Option(names = "--data", defaultValue = "drawn", description = "${COMPLETION-CANDIDATES}")
  private Digits data;

  @Option(names = "--digits", defaultValue = "5", description = "number of digits")
  private int digits;

  @Option(names = "--time-steps", defaultValue = "6", description = "number of frames")
  private int timeSteps;

  @Option(names = "--threshold", defaultValue = "0.3", description = "of the log brightness")
  private double threshold;

  @Option(names = "--noise", defaultValue = "0", description = "events a second and pixel")
  private double noise;

  @Option(names = "--seed", defaultValue = "1", description = "of drawn digits and of noise")
  private long seed;

  @Option(names = "--out", defaultValue = "target/studies", description = "folder for the picture")
  private Path folder;

  @Spec private CommandSpec spec;

  /**
   * Draws the picture; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new EventCameraPictures(), args);
  }

  @Override
  public Integer call() throws IOException {
    if (digits < 1 || digits > MAX_DIGITS || timeSteps < 1 || timeSteps > MAX_DIGITS) {
      throw new ParameterException(
          spec.commandLine(), "--digits and --time-steps: expected 1 to " + MAX_DIGITS);
    }
    PrintWriter out = spec.commandLine().getOut();
    ImageSet images =
        data == Digits.MNIST ? Mnist.load().part(Split.TEST) : DrawnDigits.draw(digits, seed);
    EventCamera camera =
        EventCamera.builder().threshold(threshold).noiseRate(noise).seed(seed).white(255).build();
    EventFrames frames = new EventFrames.Builder(timeSteps).window(0, camera.duration()).build();
    int side = camera.side(images.width());
    int cell = side * CELL + GAP;
    BufferedImage sheet =
        new BufferedImage(
            GAP + (1 + timeSteps) * cell, TITLE + digits * cell, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = begin(sheet, cell, camera.duration());
    out.printf("digit     ON    OFF  events%n");
    for (int n = 0; n < digits; n++) {
      INDArray picture = picture(images, n);
      Events events = camera.record(picture, n);
      int on = 0;
      for (int i = 0; i < events.size(); i++) {
        on += events.polarity(i);
      }
      out.printf("%5d %6d %6d %7d%n", images.label(n), on, events.size() - on, events.size());
      drawPicture(g, picture, GAP, TITLE + n * cell, side);
      float[] counts = frames.integrate(events);
      for (int t = 0; t < timeSteps; t++) {
        drawFrame(g, counts, t, side, GAP + (1 + t) * cell, TITLE + n * cell);
      }
    }
    g.dispose();
    Path png = folder.resolve("images/event-camera.png");
    Files.createDirectories(png.toAbsolutePath().getParent());
    ImageIO.write(sheet, "png", png.toFile());
    out.printf("wrote %s%n", png);
    return 0;
  }

  private static INDArray picture(ImageSet images, int n) {
    INDArray picture = Nd4j.create(DataType.FLOAT, images.height(), images.width());
    for (int y = 0; y < images.height(); y++) {
      for (int x = 0; x < images.width(); x++) {
        picture.putScalar(y, x, images.pixel(n, 0, y, x));
      }
    }
    return picture;
  }

  private Graphics2D begin(BufferedImage sheet, int cell, long duration) {
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    g.setColor(Color.DARK_GRAY);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    g.drawString("picture", GAP, TITLE - 7);
    for (int t = 0; t < timeSteps; t++) {
      String span =
          String.format(
              "%d to %d ms",
              duration * t / timeSteps / 1000, duration * (t + 1) / timeSteps / 1000);
      g.drawString(span, GAP + (1 + t) * cell, TITLE - 7);
    }
    return g;
  }

  private static void drawPicture(Graphics2D g, INDArray picture, int left, int top, int side) {
    int margin = (side - (int) picture.size(0)) / 2;
    g.setColor(Color.BLACK);
    g.fillRect(left, top, side * CELL, side * CELL);
    for (int y = 0; y < picture.size(0); y++) {
      for (int x = 0; x < picture.size(1); x++) {
        int v = picture.getInt(y, x);
        g.setColor(new Color(v, v, v));
        g.fillRect(left + (margin + x) * CELL, top + (margin + y) * CELL, CELL, CELL);
      }
    }
  }

  private static void drawFrame(Graphics2D g, float[] frames, int t, int side, int left, int top) {
    int area = side * side;
    for (int i = 0; i < area; i++) {
      double off = Math.min(1, frames[2 * t * area + i] / FULL);
      double on = Math.min(1, frames[(2 * t + 1) * area + i] / FULL);
      // On light grey: ON takes red away, OFF takes blue away, both take green.
      int red = (int) (240 - 210 * on);
      int green = (int) (240 - 180 * Math.max(on, off));
      int blue = (int) (240 - 210 * off);
      g.setColor(new Color(red, green, blue));
      g.fillRect(left + i % side * CELL, top + i / side * CELL, CELL, CELL);
    }
  }
}
