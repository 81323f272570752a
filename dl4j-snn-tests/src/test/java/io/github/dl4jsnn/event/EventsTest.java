package io.github.dl4jsnn.event;

import static io.github.dl4jsnn.event.EventFiles.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventsTest {
  private static final long[][] MIXED = {
    {1, 0, 1, 30}, {0, 2, 0, 10}, {3, 1, 1, 20}, {1, 1, 0, 30}
  };

  @Test
  void holdsWhatWasAdded() {
    Events e = events(4, 3, MIXED);
    assertThat(e.size()).isEqualTo(4);
    assertThat(e.width()).isEqualTo(4);
    assertThat(e.height()).isEqualTo(3);
    assertThat(e.x(2)).isEqualTo(3);
    assertThat(e.y(1)).isEqualTo(2);
    assertThat(e.polarity(0)).isEqualTo(Events.ON);
    assertThat(e.polarity(1)).isEqualTo(Events.OFF);
    assertThat(e.firstTime()).isEqualTo(10);
    assertThat(e.lastTime()).isEqualTo(30);
    assertThat(e.toString()).contains("4 on 4x3");
    assertThat(events(4, 3).firstTime()).isZero();
    assertThat(events(32768, 32768, new long[] {32767, 32767, 0, -5}).x(0)).isEqualTo(32767);
  }

  @Test
  void equalByValue() {
    Events e = events(4, 3, MIXED);
    assertThat(e).isEqualTo(events(4, 3, MIXED)).hasSameHashCodeAs(events(4, 3, MIXED));
    assertThat(e).isNotEqualTo(events(4, 4, MIXED)).isNotEqualTo(events(5, 3, MIXED));
    for (int field = 0; field < 4; field++) {
      long[][] other = {MIXED[0], MIXED[1], MIXED[2], MIXED[3].clone()};
      other[3][field] ^= 1;
      assertThat(e).as("field %d", field).isNotEqualTo(events(4, 3, other));
    }
  }

  @Test
  void aSpanOfTimeKeepsTheOrder() {
    Events e = events(4, 3, MIXED);
    assertThat(e.between(10, 30)).isEqualTo(events(4, 3, MIXED[1], MIXED[2]));
    assertThat(e.between(30, 31)).isEqualTo(events(4, 3, MIXED[0], MIXED[3]));
    assertThat(e.between(11, 20).size()).isZero();
  }

  @Test
  void aBuilderMayGoOn() {
    Events.Builder b = new Events.Builder(2, 2);
    Events none = b.build();
    for (int i = 0; i < 1000; i++) {
      b.add(i % 2, 1, 1, i);
    }
    assertThat(none.size()).isZero();
    assertThat(b.build().time(999)).isEqualTo(999);
  }

  @Test
  void mistakesAreRefused() {
    Events.Builder b = new Events.Builder(4, 3);
    long[][] wrong = {{4, 0, 0}, {0, 3, 0}, {-1, 0, 0}, {0, -1, 0}, {0, 0, 2}, {0, 0, -1}};
    for (long[] e : wrong) {
      assertThatThrownBy(() -> b.add((int) e[0], (int) e[1], (int) e[2], 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4x3");
    }
    assertThatThrownBy(() -> new Events.Builder(0, 1)).hasMessageContaining("0x1");
    assertThatThrownBy(() -> new Events.Builder(1, 32769)).hasMessageContaining("1x32769");
  }
}
