package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.text.TextData;
import java.util.Random;

/**
 * Generated reviews whose words do not tell what they say, but whose order does: "the film was good
 * , not bad" praises, "the film was bad , not good" does not. Without positions no network can do
 * better than to guess, or to learn pairs of words that happen to come once. Each ends in its
 * number, so that none recurs.
 */
final class GeneratedReviews {

  private static final String[] THINGS = {"film", "plot", "cast", "ending", "music", "hotel"};
  private static final String[] GOOD = {"good", "great", "clever", "warm", "funny"};
  private static final String[] BAD = {"bad", "awful", "dull", "cold", "boring"};
  private static final String[] ENDS = {"", " , i think", " , honestly", " , as they say"};

  private GeneratedReviews() {}

  /**
   * Returns reviews.
   *
   * @param count number of reviews, of which two thirds are to train on and a sixth each for
   *     validation and test
   * @param seed equal seeds, equal reviews
   */
  static TextData generate(int count, long seed) {
    Random random = new Random(seed);
    TextData.Builder data = TextData.builder("generated reviews");
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(2);
      String good = pick(random, GOOD);
      String bad = pick(random, BAD);
      String text =
          String.format(
              "the %s was %s , not %s%s no %d",
              pick(random, THINGS),
              label == 1 ? good : bad,
              label == 1 ? bad : good,
              pick(random, ENDS),
              i);
      data.add(split(i, count), text, label);
    }
    return data.build();
  }

  private static Split split(int i, int count) {
    if (i < count * 2 / 3) {
      return Split.TRAIN;
    }
    return i < count * 5 / 6 ? Split.VALIDATION : Split.TEST;
  }

  private static String pick(Random random, String[] words) {
    return words[random.nextInt(words.length)];
  }
}
