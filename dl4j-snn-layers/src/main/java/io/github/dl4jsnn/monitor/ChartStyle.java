package io.github.dl4jsnn.monitor;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What all pictures of {@link SpikePlots} share: size, fonts, colours, legend and labels of axes.
 */
final class ChartStyle {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 450;

  /** Pixels of the plot inside the axes, roughly: what titles, labels and legend leave. */
  static final int PLOT_WIDTH = 800;

  static final int PLOT_HEIGHT = 320;

  /** Pixels of a legend entry's mark, and of one character of its name. */
  private static final int LEGEND_MARK = 45;

  private static final int LEGEND_CHAR = 8;

  /** Okabe-Ito; yellow last, because it is faint on white. */
  private static final Color[] PALETTE = {
    new Color(0x0072B2), // blue
    new Color(0xD55E00), // vermillion
    new Color(0x009E73), // bluish green
    new Color(0xCC79A7), // reddish purple
    new Color(0xE69F00), // orange
    new Color(0x56B4E9), // sky blue
    new Color(0x000000), // black
    new Color(0xF0E442), // yellow
  };

  /** Number of different colours. */
  static final int COLORS = PALETTE.length;

  /** Pixels from one tick of an axis to the next that leave room for a label. */
  private static final int LABEL_WIDTH = 40;

  private static final int LABEL_HEIGHT = 25;

  /** Pixels between two labels, and of one of their characters. */
  private static final int LABEL_GAP = 28;

  private static final int LABEL_CHAR = 9;

  static final Color GRID = new Color(0xDDDDDD);
  private static final Color TEXT = new Color(0x333333);

  private ChartStyle() {}

  /** The colour of a class or curve; they repeat. */
  static Color color(int index) {
    return PALETTE[index % PALETTE.length];
  }

  static XYChart chart(String title) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    apply(chart.getStyler());
    return chart;
  }

  static CategoryChart bars(String title) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    apply(chart.getStyler());
    return chart;
  }

  private static void apply(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotContentSize(0.96);
    styler.setChartPadding(12);
    styler.setChartTitlePadding(8);
    styler.setChartFontColor(TEXT);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsColor(TEXT);
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    styler.setYAxisTickLabelsFormattingFunction(ChartStyle::number);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
  }

  /**
   * A legend below is one line, which XChart does not break; names that do not fit go to the right.
   */
  static void legend(XYChart chart) {
    int width =
        chart.getSeriesCollection().stream()
            .filter(XYSeries::isShowInLegend)
            .mapToInt(series -> LEGEND_MARK + LEGEND_CHAR * series.getName().length())
            .sum();
    if (width > PLOT_WIDTH) {
      chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
      chart.getStyler().setLegendLayout(LegendLayout.Vertical);
    }
  }

  /**
   * Returns the pixels between two ticks for which XChart puts none between integers: nearly a
   * whole step, but room for a label, and no more than fits on any axis, because XChart then draws
   * none.
   */
  static int spacing(int pixels, int steps) {
    int room = pixels == PLOT_WIDTH ? LABEL_WIDTH : LABEL_HEIGHT;
    return Math.max(room, Math.min(pixels / 2, (int) (0.9 * pixels / steps)));
  }

  /**
   * Adds an invisible point that must not lie on the grid of the others: as long as all x values of
   * a chart are equally spaced, XChart labels as many of them as fit (1, 8, 15, ...), else round
   * numbers (20, 40, ...).
   */
  static void roundTicks(XYChart chart, double x, double y) {
    XYSeries point = chart.addSeries(" ticks", new double[] {x}, new double[] {y});
    point.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    point.setMarker(SeriesMarkers.NONE);
    point.setShowInLegend(false);
  }

  /** Returns the pixels from one label of the x axis to the next, if they are like this one. */
  static int numberWidth(double value) {
    return LABEL_GAP + LABEL_CHAR * number(value).length();
  }

  /** Returns the label of an axis value: a number as short as it can be, never ".5". */
  static String number(double value) {
    // what is left of 0 where the steps of an axis were added up
    return Math.abs(value) < 1e-12
        ? "0"
        : new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  /**
   * Returns the label of an axis value: that integer, or nothing between integers and outside of
   * min to max.
   */
  static String integer(double value, int min, int max) {
    int whole = whole(value, min, max);
    return whole < 0 ? blank(value, min) : Integer.toString(whole);
  }

  /**
   * Returns the integer that a tick stands at, -1 if it stands between two or outside of min to max
   * (0 or more).
   */
  static int whole(double value, int min, int max) {
    long rounded = Math.round(value);
    boolean isWhole = Math.abs(value - rounded) < 1e-9 && rounded >= min && rounded <= max;
    return isWhole ? (int) rounded : -1;
  }

  /**
   * XChart draws no ticks at all if the ends of an axis have the same label: so there are two
   * different blank ones.
   */
  static String blank(double value, int min) {
    return value < min ? "" : " ";
  }
}
