package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.Backend;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;

/** What a {@link TestNetwork} is built with, besides its own layers. */
public final class NetworkSettings {
  private final DataType dataType;
  private final WorkspaceMode workspaces;
  private final Backend backend;
  private final double l2;

  private NetworkSettings(DataType dataType, WorkspaceMode workspaces, Backend backend, double l2) {
    this.dataType = dataType;
    this.workspaces = workspaces;
    this.backend = backend;
    this.l2 = l2;
  }

  /** FLOAT, workspaces on, fused, without weight decay. */
  public static NetworkSettings defaults() {
    return new NetworkSettings(DataType.FLOAT, WorkspaceMode.ENABLED, Backend.FUSED, 0);
  }

  public NetworkSettings with(DataType type) {
    return new NetworkSettings(type, workspaces, backend, l2);
  }

  public NetworkSettings with(WorkspaceMode mode) {
    return new NetworkSettings(dataType, mode, backend, l2);
  }

  public NetworkSettings with(Backend other) {
    return new NetworkSettings(dataType, workspaces, other, l2);
  }

  public NetworkSettings withL2(double coefficient) {
    return new NetworkSettings(dataType, workspaces, backend, coefficient);
  }

  public DataType dataType() {
    return dataType;
  }

  public Backend backend() {
    return backend;
  }

  public NeuralNetConfiguration.Builder start() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(dataType)
        .trainingWorkspaceMode(workspaces)
        .inferenceWorkspaceMode(workspaces)
        .l2(l2)
        .updater(new Adam(0.02));
  }
}
