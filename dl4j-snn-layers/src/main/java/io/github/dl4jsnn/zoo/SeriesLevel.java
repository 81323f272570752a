package io.github.dl4jsnn.zoo;

/**
 * What a forecaster takes for the level m of each channel of a window x. The network sees the
 * differences from it and the level, and forecasts how far the series go from it:
 *
 * <pre>
 *   NONE     y = net(x)
 *   MEAN     y = net(x - m, m) + m          m[c] = mean over l of x[l, c]
 *   LAST     y = net(x - m, m) + m          m[c] = x[L-1, c]
 * </pre>
 *
 * <p>Missing positions do not count. Spikes are coarse: with a level, what they need not carry they
 * do not lose. The arithmetic, with its source, is that of {@link
 * io.github.dl4jsnn.conf.SeriesLevelVertex}.
 */
public enum SeriesLevel {
  /** Values are taken and forecast as they are. */
  NONE,
  /** The mean of the window. */
  MEAN,
  /** The last reading. */
  LAST
}
