package io.github.dl4jsnn.zoo;

/** What a forecast is read from. */
public enum ForecastReadout {
  /** The last position. */
  LAST,
  /** The mean over all positions. */
  MEAN
}
