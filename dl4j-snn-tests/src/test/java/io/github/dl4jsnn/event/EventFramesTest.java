package io.github.dl4jsnn.event;

import static io.github.dl4jsnn.event.EventFiles.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.event.EventFrames.Binning;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames by hand, and against the formula word by word in whole numbers of any size. */
class EventFramesTest {

  private static EventFrames.Builder frames(int timeSteps) {
    return new EventFrames.Builder(timeSteps);
  }

  @Test
  void framesByHand() {
    // two frames of 3x2 pixels, OFF and ON
    long[][] some = {{0, 0, 0, 100}, {2, 1, 1, 101}, {2, 1, 1, 102}, {1, 0, 1, 109}};
    Events e = events(3, 2, some);
    assertThat(frames(2).build().integrate(e))
        .containsExactly(
            1, 0, 0, 0, 0, 0, /* ON */ 0, 0, 0, 0, 0, 1, // the first two events
            0, 0, 0, 0, 0, 0, /* ON */ 0, 1, 0, 0, 0, 1);
    assertThat(frames(2).binning(Binning.TIME).build().integrate(e))
        .containsExactly(
            1, 0, 0, 0, 0, 0, /* ON */ 0, 0, 0, 0, 0, 2, // 100 to 104
            0, 0, 0, 0, 0, 0, /* ON */ 0, 1, 0, 0, 0, 0);
    assertThat(frames(1).polarities(false).build().integrate(e)).containsExactly(1, 1, 0, 0, 0, 2);
    assertThat(frames(1).polarities(false).maxCount(1).build().integrate(e))
        .containsExactly(1, 1, 0, 0, 0, 1);
    assertThat(frames(1).downSample(2).build().integrate(e)).containsExactly(1, 0, /* ON */ 1, 2);
    assertThat(frames(2).polarities(false).downSample(3).window(101, 2).build().integrate(e))
        .containsExactly(1, 1);
    assertThat(frames(1).downSample(2).build().shape(3, 2)).containsExactly(1, 2, 1, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,TIME,true,0", "7,1,TIME,true,0", "5,2,TIME,false,0", "16,3,NUMBER,true,2",
    "3,5,NUMBER,false,1", "13,1,NUMBER,true,0", "100,40,TIME,true,0", "1000,1,NUMBER,false,0"
  })
  void equalsThePlainTwin(int t, int s, Binning binning, boolean polarities, int max) {
    Random random = new Random(t);
    for (int n : new int[] {0, 1, 2, 97, 500}) {
      for (long start : new long[] {0, 17, 1L << 61}) {
        Events e = random(random, n, start);
        EventFrames f =
            frames(t).downSample(s).binning(binning).polarities(polarities).maxCount(max).build();
        assertThat(f.integrate(e)).isEqualTo(twin(e, t, s, binning, polarities, max));
      }
    }
  }

  /** Not in the order of time, some at equal times. */
  private static Events random(Random random, int n, long start) {
    Events.Builder b = new Events.Builder(11, 7);
    for (int i = 0; i < n; i++) {
      long time = start + 3L * i + random.nextInt(40);
      b.add(random.nextInt(11), random.nextInt(7), random.nextInt(2), time);
    }
    return b.build();
  }

  private static float[] twin(
      Events e, int t, int s, Binning binning, boolean polarities, int max) {
    int w = (int) Math.ceil(11. / s);
    int h = (int) Math.ceil(7. / s);
    int c = polarities ? 2 : 1;
    float[][][][] f = new float[t][c][h][w];
    BigInteger length = BigInteger.valueOf(e.lastTime() - e.firstTime() + 1);
    for (int i = 0; i < e.size(); i++) {
      BigInteger place =
          BigInteger.valueOf(binning == Binning.TIME ? e.time(i) - e.firstTime() : i);
      BigInteger of = binning == Binning.TIME ? length : BigInteger.valueOf(e.size());
      int bin = place.multiply(BigInteger.valueOf(t)).divide(of).intValueExact();
      f[bin][polarities ? e.polarity(i) : 0][e.y(i) / s][e.x(i) / s]++;
    }
    float[] flat = new float[t * c * h * w];
    int k = 0;
    for (float[][][] frame : f) {
      for (float[][] channel : frame) {
        for (float[] row : channel) {
          for (float v : row) {
            flat[k++] = max > 0 ? Math.min(v, max) : v;
          }
        }
      }
    }
    return flat;
  }

  @Test
  void everyEventIsInOneFrame() {
    Events e = random(new Random(3), 1234, 5);
    for (Binning binning : Binning.values()) {
      double sum = 0;
      for (float v : frames(17).binning(binning).build().integrate(e)) {
        sum += v;
      }
      assertThat(sum).isEqualTo(1234);
    }
  }

  @Test
  void aStreamGivesTheFramesOfItsEvents() throws Exception {
    Random random = new Random(8);
    long[][] some = new long[40_000][]; // several blocks
    for (int i = 0; i < some.length; i++) {
      some[i] = new long[] {random.nextInt(34), random.nextInt(34), i % 2, i};
    }
    byte[] file = EventFiles.nMnist(some);
    EventFrames f = frames(6).downSample(2).window(100, 35_000).build();
    try (EventReader reader = NMnistReader.of("a", new ByteArrayInputStream(file), 34, 34)) {
      assertThat(f.integrate(reader)).isEqualTo(f.integrate(events(34, 34, some)));
    }
    assertThatThrownBy(() -> frames(6).build().integrate((EventReader) null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("window");
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> frames(0).build()).hasMessageContaining("timeSteps");
    assertThatThrownBy(() -> frames(1).downSample(0).build()).hasMessageContaining("downSample");
    assertThatThrownBy(() -> frames(1).maxCount(-1).build()).hasMessageContaining("maxCount");
    assertThatThrownBy(() -> frames(1).window(0, 0).build()).hasMessageContaining("window");
    assertThatThrownBy(() -> frames(1).window(Long.MAX_VALUE, 2).build())
        .hasMessageContaining("window");
    assertThatThrownBy(() -> frames(1).window(0, 5).binning(Binning.NUMBER).build())
        .hasMessageContaining("NUMBER");
    assertThatThrownBy(() -> frames(1 << 20).build().integrate(events(128, 128)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("128x128");
  }
}
