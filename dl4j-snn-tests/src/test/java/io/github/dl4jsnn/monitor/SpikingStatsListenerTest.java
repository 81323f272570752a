package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.testing.NetworkSettings;
import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.TestNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.slf4j.LoggerFactory;

class SpikingStatsListenerTest {

  @TempDir Path folder;

  private static SpikingStatsListener.Builder each() {
    return new SpikingStatsListener.Builder().frequency(1).warnShare(2);
  }

  /**
   * Five integrate-and-fire neurons on constant currents, over four steps without reset: neuron 0
   * never fires, 1 always, 2 at its last step, 3 for the second example alone, 4 fires as 1 does
   * but has the largest current.
   */
  private static MultiLayerNetwork byHand() {
    LifParameters neuron = LifParameters.builder().decay(1).reset(Reset.NONE).build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0))
                .list()
                .layer(new LifLayer.Builder().name("lif").neuron(neuron).timeSteps(4).build())
                .layer(new SpikeReadoutLayer.Builder().build())
                .layer(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(5))
                .build());
    net.init();
    return net;
  }

  private static DataSet currents() {
    return new DataSet(
        Nd4j.createFromArray(new float[][] {{0, 1, 0.25f, 0, 2}, {-1, 1, 0.25f, 0.5f, 2}}),
        Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}}));
  }

  @Test
  void oneBatchByHand() {
    MultiLayerNetwork net = byHand();
    SpikingStatsListener listener = each().build();
    net.setListeners(listener);
    net.fit(currents());
    SpikingLayerStats s = listener.last().layer("lif");
    // spikes of the two examples: 0, 4, 1, 0, 4 and 0, 4, 1, 3, 4
    assertThat(s.spikes().rate()).isCloseTo(21 / 40.0, within(1e-12));
    assertThat(s.deadShare()).isEqualTo(0.2);
    assertThat(s.saturatedShare()).isEqualTo(0.4);
    RateHistogram h = s.rateHistogram();
    assertThat(h.neurons(0)).isEqualTo(1);
    assertThat(h.neurons(12)).as("rate 0.25").isEqualTo(1);
    assertThat(h.neurons(18)).as("rate 0.375").isEqualTo(1);
    assertThat(h.neurons(49)).isEqualTo(2);
    // a current c gives the potentials c, 2 c, 3 c, 4 c
    assertThat(s.membrane().mean()).isCloseTo(10 * 6 / 40.0, within(1e-6));
    assertThat(s.membrane().min()).isEqualTo(-4);
    assertThat(s.membrane().max()).isEqualTo(8);
    assertThat(s.membrane().aboveShare()).isEqualTo(21 / 40.0);
    // within 0.5 of the threshold 1, ends excluded: 1, 1 of neuron 1; 0.75, 1 of 2, twice; 1 of 3
    assertThat(s.membrane().openShare()).isEqualTo(7 / 40.0);
    assertThat(listener.last().report()).contains("iteration 0", "lif", "0.5250", "20.0", "40.0");
  }

  /** Before an update, a training pass without dropout sees what inference sees. */
  @ParameterizedTest
  @EnumSource(WorkspaceMode.class)
  void recordsThePotentialsOfTheTrainingPass(WorkspaceMode mode) {
    ComputationGraph net = TestNetwork.SEQUENCE_STFN.create(NetworkSettings.defaults().with(mode));
    MultiDataSet data = TestNetwork.SEQUENCE_STFN.data(DataType.FLOAT);
    SpikingStatsListener listener = each().build();
    net.setListeners(listener);
    List<MembraneStatistics> expected = new ArrayList<>();
    List<SpikeStatistics> spikes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      MembranePotentials p = MembranePotentials.of(net, "lif", data.getFeatures());
      expected.add(p.statistics());
      spikes.add(SpikeStatistics.of(p.spikes(), RNNFormat.NWC));
      net.fit(data);
    }
    for (int i = 0; i < 3; i++) {
      SpikingStats stats = listener.history().get(i);
      assertThat(stats.iteration()).isEqualTo(i);
      assertThat(stats.layer("lif").membrane()).isEqualTo(expected.get(i));
      assertThat(stats.layer("lif").spikes()).isEqualTo(spikes.get(i));
    }
    assertThat(expected.get(2)).isNotEqualTo(expected.get(0));
  }

  /**
   * With dropout, workspaces and several spiking vertices: what fires has reached the threshold.
   */
  @ParameterizedTest
  @EnumSource(
      value = TestNetwork.class,
      // no spikes
      names = {"PLAIN_GRAPH", "LAST_TIME_STEP"},
      mode = EnumSource.Mode.EXCLUDE)
  void listeningChangesNothing(TestNetwork kind) {
    MultiDataSet data = kind.data(DataType.FLOAT);
    ComputationGraph alone = kind.create();
    Networks.fit(alone, data, 2, 9);
    ComputationGraph watched = kind.create();
    SpikingStatsListener listener = each().build();
    watched.setListeners(listener);
    Networks.fit(watched, data, 2, 9);
    Networks.assertSameParameters(watched, alone);
    assertThat(listener.history()).hasSize(2);
    for (SpikingStats stats : listener.history()) {
      assertThat(stats.layers()).containsKey(kind.hiddenLayer());
      stats
          .layers()
          .forEach(
              (name, s) -> {
                if (kind != TestNetwork.SEQUENCE_NEURONS) { // whose thresholds move
                  assertThat(s.membrane().aboveShare())
                      .as(name)
                      .isCloseTo(s.spikes().rate(), within(1e-12));
                }
              });
    }
  }

  @Test
  void onlyNamedLayersAndIterationsAreRecorded() {
    ComputationGraph net = TestNetwork.STATIC_SPIKING_GRAPH.create();
    SpikingStatsListener all = each().frequency(3).membrane(false).build();
    List<SpikingStats> sink = new ArrayList<>();
    SpikingStatsListener one = each().layers("gc2").sink(sink::add).build();
    net.setListeners(all, one);
    Networks.fit(net, TestNetwork.STATIC_SPIKING_GRAPH.data(DataType.FLOAT), 5, 1);
    assertThat(all.history().stream().map(SpikingStats::iteration)).containsExactly(0, 3);
    assertThat(all.last().layers().keySet()).containsExactly("gc1", "gc2");
    assertThat(all.last().layer("gc1").membrane()).isNull();
    assertThat(all.last().report()).contains("-");
    assertThat(one.last().layers().keySet()).containsExactly("gc2");
    assertThat(sink).isEqualTo(one.history()).hasSize(5);
  }

  @Test
  void warnsOnceOfDeadAndOfSaturatedNeurons() {
    Logger logger = (Logger) LoggerFactory.getLogger(SpikingStatsListener.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    boolean additive = logger.isAdditive();
    logger.setAdditive(false);
    try {
      MultiLayerNetwork net = byHand();
      net.setListeners(each().window(3).warnShare(0.2).build());
      net.fit(currents());
      net.fit(currents());
      assertThat(lines.list).as("the window is not full").isEmpty();
      for (int i = 0; i < 5; i++) {
        net.fit(currents());
      }
    } finally {
      logger.detachAppender(lines);
      logger.setAdditive(additive);
    }
    assertThat(lines.list).allMatch(e -> e.getLevel() == Level.WARN);
    List<String> text =
        lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.toList());
    assertThat(text).hasSize(2);
    assertThat(text.get(0)).contains("\"lif\"", "20.0 %", "5 neurons", "dead", "last 3");
    assertThat(text.get(1)).contains("\"lif\"", "40.0 %", "saturated", "above 0.9");
  }

  @Test
  void tableHasALineForEachLayerAndIteration() throws Exception {
    ComputationGraph net = TestNetwork.STATIC_SPIKING_GRAPH.create();
    SpikingStatsListener with = each().build();
    SpikingStatsListener without = each().layers("gc1").membrane(false).build();
    net.setListeners(with, without);
    Networks.fit(net, TestNetwork.STATIC_SPIKING_GRAPH.data(DataType.FLOAT), 2, 1);
    Path csv = folder.resolve("deep/er/stats.csv");
    with.toCsv(csv);
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).startsWith("iteration,epoch,layer,neurons,rate");
    SpikingLayerStats s = with.history().get(1).layer("gc2");
    assertThat(lines.get(4))
        .startsWith("1,0,gc2," + s.spikes().neurons() + "," + s.spikes().rate() + ",")
        .endsWith("," + s.membrane().openShare());
    without.toCsv(csv);
    assertThat(Files.readAllLines(csv).get(2)).endsWith(",,,,,,").startsWith("1,0,gc1,10,");
  }

  @Test
  void networksWithoutTheLayersAreRefused() {
    MultiDataSet data = TestNetwork.PLAIN_GRAPH.data(DataType.FLOAT);
    ComputationGraph plain = TestNetwork.PLAIN_GRAPH.create();
    plain.setListeners(each().build());
    assertThatIllegalStateException()
        .isThrownBy(() -> plain.fit(data))
        .withMessageContainingAll("spiking", "found none");
    ComputationGraph defined =
        TestNetwork.STATIC_LIF.create(NetworkSettings.defaults().with(Backend.SAMEDIFF));
    defined.setListeners(each().build());
    assertThatIllegalStateException()
        .isThrownBy(() -> defined.fit(TestNetwork.STATIC_LIF.data(DataType.FLOAT)))
        .withMessageContaining("fused");
    ComputationGraph other = TestNetwork.STATIC_SPIKING_GRAPH.create();
    other.setListeners(each().layers("gc1", "gc3").build());
    assertThatIllegalStateException()
        .isThrownBy(() -> other.fit(TestNetwork.STATIC_SPIKING_GRAPH.data(DataType.FLOAT)))
        .withMessageContainingAll("gc3", "gc2");
  }

  @Test
  void badSettingsAreRefused() {
    SpikingStatsListener.Builder b = new SpikingStatsListener.Builder();
    assertThatIllegalArgumentException().isThrownBy(() -> b.frequency(0));
    assertThatIllegalArgumentException().isThrownBy(() -> b.window(0));
    assertThatIllegalArgumentException().isThrownBy(() -> b.saturationRate(1));
    assertThatIllegalArgumentException().isThrownBy(() -> b.saturationRate(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> b.warnShare(0));
    assertThatIllegalArgumentException().isThrownBy(() -> b.layers("a", "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> b.layers("a", null));
    SpikingStatsListener empty = b.build();
    assertThat(empty.history()).isEmpty();
    assertThatIllegalStateException().isThrownBy(empty::last).withMessageContaining("fit");
    SpikingStats none = new SpikingStats(1, 0, new java.util.HashMap<>());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.layer("x"))
        .withMessageContaining("x");
  }
}
