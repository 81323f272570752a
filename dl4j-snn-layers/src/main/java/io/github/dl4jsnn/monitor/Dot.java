package io.github.dl4jsnn.monitor;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/** A filled circle of fixed size, beside marks of another size in the same chart. */
final class Dot extends Marker {

  private final double diameter;

  /** Size in pixels. */
  Dot(double diameter) {
    this.diameter = diameter;
  }

  @Override
  public void paint(Graphics2D g, double xOffset, double yOffset, int markerSize) {
    g.fill(
        new Ellipse2D.Double(xOffset - diameter / 2, yOffset - diameter / 2, diameter, diameter));
  }
}
