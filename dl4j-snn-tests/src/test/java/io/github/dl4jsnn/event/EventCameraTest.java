package io.github.dl4jsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the camera sends, where it can be told from its equations. */
class EventCameraTest {
  private static final double OFFSET = 0.1;

  private static EventCamera.Builder camera() {
    return EventCamera.builder().threshold(0.25).offset(OFFSET).margin(0);
  }

  private static INDArray film(int h, int w, double... brightness) {
    INDArray film = Nd4j.create(DataType.DOUBLE, brightness.length, h, w);
    for (int k = 0; k < brightness.length; k++) {
      film.slice(k).assign(brightness[k]);
    }
    return film;
  }

  /** A luminance whose logarithm is this far above that of 0. */
  private static double above(double logs) {
    return OFFSET * Math.expm1(logs);
  }

  private static long count(Events e, int polarity) {
    return LongStream.range(0, e.size()).filter(i -> e.polarity((int) i) == polarity).count();
  }

  /** Events at numbers of thresholds, at the times of a straight line in the logarithm. */
  @Test
  void aStepOfBrightness() {
    Events e =
        camera().build().recordFilm(film(2, 3, 0, above(1.6 * 0.25), above(3.7 * 0.25)), 1000);
    assertThat(e.size()).isEqualTo(3 * 6);
    assertThat(count(e, Events.ON)).isEqualTo(18);
    for (int i = 0; i < 6; i++) { // by time, then row, then column
      assertThat(e.time(i)).isEqualTo(Math.round(1000 / 1.6));
      assertThat(e.time(6 + i)).isEqualTo(1000 + Math.round(1000 * (2 - 1.6) / 2.1));
      assertThat(e.time(12 + i)).isEqualTo(1000 + Math.round(1000 * (3 - 1.6) / 2.1));
      assertThat(e.x(i)).isEqualTo(i % 3);
      assertThat(e.y(i)).isEqualTo(i / 3);
    }
  }

  @Test
  void numberAndPolarityOfAnyStep() {
    for (double steps : new double[] {0.5, 0.99, 1.01, 4.5, 8.9}) {
      Events up = camera().build().recordFilm(film(1, 1, 0, above(0.25 * steps)), 777);
      assertThat(up.size()).isEqualTo((int) steps);
      assertThat(count(up, Events.ON)).isEqualTo((int) steps);
      Events down = camera().build().recordFilm(film(1, 1, above(0.25 * steps), 0), 777);
      assertThat(count(down, Events.OFF)).isEqualTo((int) steps);
      assertThat(down.size()).isEqualTo((int) steps);
    }
  }

  /** Each pixel compares with its last event, not with its last look. */
  @Test
  void smallStepsAddUp() {
    double[] slow = new double[40];
    for (int k = 0; k < slow.length; k++) {
      slow[k] = above(0.25 * 3.5 * k / 39);
    }
    Events e = camera().build().recordFilm(film(1, 1, slow), 100);
    assertThat(e.size()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(e.time(i)).isCloseTo(Math.round((i + 1) / 3.5 * 3900), within(1));
    }
    Events shaking = camera().build().recordFilm(film(1, 1, 0, above(.2), 0, above(.2), 0), 100);
    assertThat(shaking.size()).isZero();
    // 1.5 thresholds up, then 1.2 down: below the level of the event by 0.7 only
    Events back = camera().build().recordFilm(film(1, 1, 0, above(.375), above(.075)), 100);
    assertThat(back.size()).isEqualTo(1);
  }

  private static org.assertj.core.data.Offset<Long> within(long d) {
    return org.assertj.core.api.Assertions.within(d);
  }

  /** Up and down again sends the same events the other way round. */
  @Test
  void reversal() {
    INDArray film = Nd4j.create(DataType.DOUBLE, 3, 4, 5);
    Random random = new Random(4);
    for (int i = 0; i < 20; i++) {
      double steps = 0.25 * (random.nextInt(7) + 0.5); // half way between two events
      film.putScalar(20 + i, above(steps));
    }
    Events e = camera().build().recordFilm(film, 10_000);
    long on = count(e, Events.ON);
    assertThat(on).isGreaterThan(20);
    int perPixel = 0;
    for (int x = 0; x < 5; x++) {
      for (int y = 0; y < 4; y++) {
        int up = 0;
        int down = 0;
        for (int i = 0; i < e.size(); i++) {
          if (e.x(i) == x && e.y(i) == y) {
            up += e.polarity(i);
            down += 1 - e.polarity(i);
            assertThat(e.time(i) <= 10_000).isEqualTo(e.polarity(i) == Events.ON);
          }
        }
        assertThat(down).isEqualTo(up);
        perPixel = Math.max(perPixel, up);
      }
    }
    assertThat(perPixel).isGreaterThan(3);
  }

  /**
   * A picture that is dark where another is bright, in logarithms, gives the same events opposite.
   */
  @Test
  void oppositePicturesGiveOppositeEvents() {
    double[] steps = {0, 2.3, -1.7, 4.6, 0.2};
    double[] film = new double[5];
    double[] opposite = new double[5];
    for (int k = 0; k < 5; k++) {
      film[k] = above(1.2 + 0.25 * steps[k]);
      opposite[k] = above(1.2 - 0.25 * steps[k]);
    }
    EventCamera c = camera().build();
    Events a = c.recordFilm(film(1, 1, film), 500);
    Events b = c.recordFilm(film(1, 1, opposite), 500);
    assertThat(a.size()).isEqualTo(b.size()).isGreaterThan(10);
    for (int i = 0; i < a.size(); i++) {
      assertThat(a.time(i)).isCloseTo(b.time(i), within(1));
      assertThat(a.polarity(i)).isEqualTo(1 - b.polarity(i));
    }
  }

  private static INDArray picture(int h, int w, int seed) {
    Random random = new Random(seed);
    INDArray p = Nd4j.create(DataType.DOUBLE, h, w);
    for (int i = 0; i < h * w; i++) {
      p.putScalar(i, random.nextInt(3) == 0 ? random.nextDouble() : 0);
    }
    return p;
  }

  /** A bright half moves to the left as the camera moves to the right: ON where it comes to. */
  @Test
  void anEdgeThatPasses() {
    INDArray halves = Nd4j.zeros(DataType.DOUBLE, 4, 10);
    halves
        .get(
            org.nd4j.linalg.indexing.NDArrayIndex.all(),
            org.nd4j.linalg.indexing.NDArrayIndex.interval(6, 10))
        .assign(1);
    CameraPath right =
        new CameraPath(new long[] {0, 300}, new double[] {0, 3}, new double[] {0, 0});
    Events e = camera().path(right).stepMicros(1).build().record(halves);
    int each = (int) (Math.log((1 + OFFSET) / OFFSET) / 0.25);
    assertThat(e.size()).isEqualTo(3 * 4 * each);
    assertThat(count(e, Events.ON)).isEqualTo(e.size());
    for (int i = 0; i < e.size(); i++) {
      assertThat(e.x(i)).isBetween(3, 5);
      // the edge is between columns 5 and 6 at first: column 5 brightens in the first 100
      assertThat(e.time(i)).isBetween(100L * (5 - e.x(i)), 100L * (6 - e.x(i)));
    }
    CameraPath up = new CameraPath(new long[] {0, 300}, new double[] {0, 0}, new double[] {0, -3});
    assertThat(camera().path(up).build().record(halves).size()).isZero();
  }

  /**
   * Mirrored picture and path: mirrored events; a picture turned, with a path turned: turned ones.
   */
  @Test
  void mirrorsAndTurns() {
    int h = 9;
    int w = 7;
    INDArray p = picture(h, w, 3);
    INDArray mirrored = p.dup();
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        mirrored.putScalar(y, x, p.getDouble(y, w - 1 - x));
      }
    }
    // displacements of quarters, so that the weights of both are exact
    CameraPath path =
        new CameraPath(new long[] {0, 40, 80}, new double[] {-1, 2, 0}, new double[] {0, 1, -2});
    CameraPath left =
        new CameraPath(new long[] {0, 40, 80}, new double[] {1, -2, 0}, new double[] {0, 1, -2});
    CameraPath turned =
        new CameraPath(new long[] {0, 40, 80}, new double[] {0, 1, -2}, new double[] {-1, 2, 0});
    EventCamera.Builder b = camera().margin(2).stepMicros(10);
    Events e = b.path(path).build().record(p);
    assertThat(e.size()).isGreaterThan(300);
    assertSame(e, b.path(left).build().record(mirrored), w + 4, x -> w + 3 - x, false);
    assertSame(e, b.path(turned).build().record(p.transpose()), w + 4, x -> x, true);
  }

  private static void assertSame(
      Events e, Events other, int width, IntUnaryOperator column, boolean turned) {
    EventFrames frames = new EventFrames.Builder(8).window(0, 81).build();
    float[] expected = frames.integrate(e);
    float[] got = new float[expected.length];
    Events.Builder back = new Events.Builder(e.width(), e.height());
    for (int i = 0; i < other.size(); i++) {
      int x = turned ? other.y(i) : other.x(i);
      int y = turned ? other.x(i) : other.y(i);
      back.add(column.applyAsInt(x), y, other.polarity(i), other.time(i));
    }
    System.arraycopy(frames.integrate(back.build()), 0, got, 0, got.length);
    int different = 0;
    for (int i = 0; i < got.length; i++) {
      different += got[i] == expected[i] ? 0 : 1;
    }
    // rounding may move an event over a border of frames
    assertThat(different).isLessThanOrEqualTo(expected.length / 200);
    assertThat(other.size()).isCloseTo(e.size(), org.assertj.core.api.Assertions.within(2));
  }

  @Test
  void aPictureOfOneColourIsSilent() {
    EventCamera c = EventCamera.builder().build();
    Events e = c.record(Nd4j.ones(DataType.FLOAT, 28, 28).muli(0.7));
    assertThat(e.size()).isZero();
    assertThat(e.width()).isEqualTo(34);
    assertThat(e.height()).isEqualTo(34);
    assertThat(c.duration()).isEqualTo(300_000);
  }

  @Test
  void colourIsLuminance() {
    INDArray rgb = Nd4j.create(DataType.DOUBLE, 3, 6, 8);
    for (int c = 0; c < 3; c++) {
      rgb.slice(c).assign(picture(6, 8, 10 + c));
    }
    INDArray grey =
        rgb.slice(0).mul(0.299).add(rgb.slice(1).mul(0.587)).add(rgb.slice(2).mul(0.114));
    EventCamera c = EventCamera.builder().build();
    Events e = c.record(rgb);
    assertThat(e.size()).isGreaterThan(100);
    assertThat(c.record(grey.reshape(1, 6, 8)).size())
        .isCloseTo(e.size(), org.assertj.core.api.Assertions.within(2));
    Events scaled = EventCamera.builder().white(255).build().record(grey.mul(255));
    assertThat(scaled.size()).isCloseTo(e.size(), org.assertj.core.api.Assertions.within(2));
  }

  @Test
  void noiseIsSeeded() {
    INDArray p = Nd4j.zeros(DataType.FLOAT, 14, 14);
    EventCamera.Builder b = EventCamera.builder().noiseRate(20);
    Events e = b.build().record(p, 5);
    double expected = 20 * 20 * 20 * 0.3; // pixels, rate, seconds
    assertThat((double) e.size())
        .isCloseTo(expected, org.assertj.core.api.Assertions.within(5 * Math.sqrt(expected)));
    assertThat((double) count(e, Events.ON))
        .isCloseTo(expected / 2, org.assertj.core.api.Assertions.within(5 * Math.sqrt(expected)));
    assertThat(b.build().record(p, 5)).isEqualTo(e);
    assertThat(b.build().record(p, 6)).isNotEqualTo(e);
    assertThat(b.seed(2).build().record(p, 5)).isNotEqualTo(e);
    for (int i = 1; i < e.size(); i++) {
      assertThat(e.time(i)).isBetween(e.time(i - 1), 300_000L);
    }
  }

  @Test
  void thresholdsMayDiffer() {
    INDArray film = film(30, 30, 0, 0.9);
    Events same = camera().build().recordFilm(film, 1000);
    Events spread = camera().thresholdSpread(0.1).build().recordFilm(film, 1000);
    assertThat(same.size() % 900).isZero();
    assertThat(spread.size()).isBetween(same.size() * 8 / 10, same.size() * 12 / 10);
    assertThat(spread.size() % 900).isNotZero();
    assertThat(camera().thresholdSpread(0.1).build().recordFilm(film, 1000)).isEqualTo(spread);
    assertThat(camera().thresholdSpread(0.1).seed(2).build().recordFilm(film, 1000))
        .isNotEqualTo(spread);
  }

  @Test
  void thePathOfNMnist() {
    CameraPath p = CameraPath.triangle(4, 100_000);
    double[][] corners = {{-2, -2}, {0, 2}, {2, -2}, {-2, -2}};
    for (int i = 0; i < 4; i++) {
      assertThat(p.x(100_000L * i)).isEqualTo(corners[i][0]);
      assertThat(p.y(100_000L * i)).isEqualTo(corners[i][1]);
    }
    assertThat(p.x(50_000)).isEqualTo(-1);
    assertThat(p.y(175_000)).isEqualTo(-1);
    assertThat(p.duration()).isEqualTo(300_000);
  }

  @Test
  void mistakesAreNamed() {
    EventCamera c = EventCamera.builder().build();
    assertThatThrownBy(() -> c.record(Nd4j.ones(2, 5, 5))).hasMessageContaining("[3, H, W]");
    assertThatThrownBy(() -> c.record(Nd4j.ones(5))).hasMessageContaining("[H, W]");
    assertThatThrownBy(() -> c.record(Nd4j.ones(5, 5).muli(255)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("white", "255");
    for (double bad : new double[] {Double.NaN, -0.1, Double.POSITIVE_INFINITY}) {
      INDArray p = Nd4j.zeros(DataType.FLOAT, 3, 3);
      p.putScalar(4, bad);
      assertThatThrownBy(() -> c.record(p)).hasMessageContaining("in pixel 4");
    }
    assertThatThrownBy(() -> c.recordFilm(Nd4j.ones(1, 3, 3), 10)).hasMessageContaining("film");
    assertThatThrownBy(() -> c.recordFilm(Nd4j.ones(2, 3, 3), 0)).hasMessageContaining("steps");
    assertThatThrownBy(() -> EventCamera.builder().threshold(0).build())
        .hasMessageContaining("threshold");
    assertThatThrownBy(() -> EventCamera.builder().offset(Double.NaN).build())
        .hasMessageContaining("offset");
    assertThatThrownBy(() -> EventCamera.builder().margin(-1).build())
        .hasMessageContaining("margin");
    assertThatThrownBy(() -> EventCamera.builder().white(0).build()).hasMessageContaining("white");
    assertThatThrownBy(() -> EventCamera.builder().stepMicros(0).build())
        .hasMessageContaining("stepMicros");
    assertThatThrownBy(() -> EventCamera.builder().noiseRate(1e6).build())
        .hasMessageContaining("noiseRate");
    assertThatThrownBy(() -> EventCamera.builder().thresholdSpread(2).build())
        .hasMessageContaining("thresholdSpread");
    double[] two = {0, 1};
    assertThatThrownBy(() -> new CameraPath(new long[] {0}, new double[1], new double[1]))
        .hasMessageContaining("2 way-points");
    assertThatThrownBy(() -> new CameraPath(new long[] {1, 2}, two, two))
        .hasMessageContaining("time 0");
    assertThatThrownBy(() -> new CameraPath(new long[] {0, 0}, two, two))
        .hasMessageContaining("ascending");
    assertThatThrownBy(() -> new CameraPath(new long[] {0, 1L << 32}, two, two))
        .hasMessageContaining("ascending");
    assertThatThrownBy(() -> new CameraPath(new long[] {0, 1}, new double[] {0, Double.NaN}, two))
        .hasMessageContaining("NaN");
  }
}
