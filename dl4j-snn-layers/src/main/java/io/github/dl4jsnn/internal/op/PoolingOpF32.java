package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.internal.kernel.PoolingKernelF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link PoolingOp} in this file's precision; a task takes some channels of images. */
final class PoolingOpF32 implements PoolingOp {
  /** Entries of a task. */
  private static final int TASK_ENTRIES = 1 << 16;

  private final String layer;
  private final boolean maximum;
  private final boolean countOutside;

  PoolingOpF32(String layer, boolean maximum, boolean countOutside) {
    this.layer = layer;
    this.maximum = maximum;
    this.countOutside = countOutside;
  }

  @Override
  public void forward(ConvolutionShape s, INDArray in, INDArray out) {
    RowsF32 x = ImageSinkF32.channels(in);
    ImageSinkF32 y = new ImageSinkF32(layer, out, null);
    forPlanes(
        in,
        (from, to) -> {
          PoolingKernelF32 kernel = new PoolingKernelF32(s, maximum, countOutside);
          RowsF32 source = x.duplicate();
          ImageSinkF32 sink = y.open();
          float[] plane = new float[s.H * s.W];
          float[] row = new float[s.oH * s.oW];
          for (int p = from; p < to; p++) {
            source.get(plane, p, 0, 0, s.H * s.W);
            kernel.forward(row, plane);
            sink.put(row, p / s.C, p % s.C, 0, s.oH * s.oW);
          }
        });
  }

  @Override
  public void backward(ConvolutionShape s, INDArray in, INDArray g, INDArray dIn) {
    RowsF32 x = ImageSinkF32.channels(in);
    RowsF32 gradients = ImageSinkF32.channels(g);
    RowsF32 dx = ImageSinkF32.channels(dIn);
    forPlanes(
        in,
        (from, to) -> {
          PoolingKernelF32 kernel = new PoolingKernelF32(s, maximum, countOutside);
          RowsF32 source = x.duplicate();
          RowsF32 gs = gradients.duplicate();
          RowsF32 dest = dx.duplicate();
          float[] plane = new float[s.H * s.W];
          float[] dPlane = new float[s.H * s.W];
          float[] row = new float[s.oH * s.oW];
          for (int p = from; p < to; p++) {
            source.get(plane, p, 0, 0, s.H * s.W);
            gs.get(row, p, 0, 0, s.oH * s.oW);
            kernel.backward(dPlane, row, plane);
            dest.put(dPlane, p, 0, 0, s.H * s.W);
          }
        });
  }

  /** Work on planes {@code from..to-1}. */
  private interface Planes {
    void run(int from, int to);
  }

  private static void forPlanes(INDArray in, Planes body) {
    int planes = (int) (in.size(0) * in.size(1));
    int perTask = (int) Math.max(1, TASK_ENTRIES / (in.size(2) * in.size(3)));
    Workers.run(
        (planes + perTask - 1) / perTask,
        in.length(),
        (task, worker) -> body.run(task * perTask, Math.min(planes, (task + 1) * perTask)));
  }
}
