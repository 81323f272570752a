package io.github.dl4jsnn.monitor;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;

/**
 * A vertical bar of fixed size: one spike of a raster. XChart's own markers are as wide as high.
 */
final class SpikeTick extends Marker {

  private final double width;
  private final double height;

  /** Sizes in pixels. */
  SpikeTick(double width, double height) {
    this.width = width;
    this.height = height;
  }

  @Override
  public void paint(Graphics2D g, double xOffset, double yOffset, int markerSize) {
    g.fill(new Rectangle2D.Double(xOffset - width / 2, yOffset - height / 2, width, height));
  }
}
