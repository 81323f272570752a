package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.GateKernelF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link NodeFeatureAttentionOp} in this file's precision. */
final class NodeFeatureAttentionOpF32 implements NodeFeatureAttentionOp {
  /** Sums over nodes are made of at most this many partial sums, whatever the number of threads. */
  private static final int MAX_CHUNKS = 64;

  private final String layer;
  private final boolean graph;

  NodeFeatureAttentionOpF32(String layer, boolean graph) {
    this.layer = layer;
    this.graph = graph;
  }

  @Override
  public void forward(INDArray in, INDArray mask, Map<String, INDArray> params, INDArray out) {
    Batch b = new Batch(in, mask, params);
    RowsF32 y = NdRowsF32.of(out);
    forEach(
        b,
        (node, chunk) -> {
          node.gate();
          for (int t = 0; t < b.T; t++) {
            node.read(b.x.duplicate(), t);
            for (int f = 0; f < b.F; f++) {
              node.row[f] *= node.q[f] * node.present[t];
            }
            if (!RowMathF32.isFinite(node.row, b.F)) {
              throw new IllegalArgumentException(
                  layer + ": the input of example " + node.n + " holds NaN or infinite values");
            }
            y.duplicate().put(node.row, node.n, t, 0, b.F);
          }
        });
  }

  @Override
  public void backward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    Batch b = new Batch(in, mask, params);
    RowsF32 gRows = NdRowsF32.of(g);
    float[][] dz = new float[b.N][b.F];
    GateKernelF32[] d = new GateKernelF32[b.chunks];
    float[][] daOfGraph = new float[b.chunks][b.F];
    Arrays.setAll(d, i -> b.gates.zeros());
    forEach(
        b,
        (node, chunk) -> {
          node.gate();
          float[] dq = node.gateGradient(gRows.duplicate());
          float db = 0;
          for (int f = 0; f < b.F; f++) {
            db += dq[f] * node.a[f];
            dq[f] *= node.b;
          }
          b.gates.nodeGateBackward(dz[node.n], d[chunk], db, node.b, node.z);
          if (graph) {
            RowMathF32.add(daOfGraph[chunk], dq, b.F);
          } else {
            b.gates.featureGatesBackward(dz[node.n], d[chunk], dq, node.a, node.h, node.z);
          }
        });
    float[] dcOfGraph = new float[b.F];
    if (graph) {
      float[] da = RowMathF32.total(daOfGraph);
      b.gates.featureGatesBackward(dcOfGraph, d[0], da, b.aOfGraph, b.hOfGraph, b.cOfGraph);
      RowMathF32.scale(dcOfGraph, 1f / b.N, b.F);
    }
    RowsF32 dx = NdRowsF32.of(dIn);
    forEach(
        b,
        (node, chunk) -> {
          node.gate();
          RowMathF32.add(dz[node.n], dcOfGraph, b.F);
          for (int t = 0; t < b.T; t++) {
            node.read(gRows.duplicate(), t);
            for (int f = 0; f < b.F; f++) {
              float sum = node.row[f] * node.q[f] + dz[node.n][f] / node.steps;
              node.row[f] = sum * node.present[t];
            }
            dx.duplicate().put(node.row, node.n, t, 0, b.F);
          }
        });
    for (int i = 1; i < d.length; i++) {
      d[0].add(d[i]);
    }
    put(gradients, d[0]);
  }

  private static GateKernelF32 kernel(Map<String, INDArray> params, int F) {
    boolean features = params.containsKey(DOWN);
    int R = features ? (int) params.get(UP).size(0) : 0;
    return new GateKernelF32(
        features ? NdRowsF32.matrix(params.get(DOWN).transpose(), null) : null,
        NdRowsF32.vector(params.get(DOWN_BIAS), R, 0),
        features ? NdRowsF32.matrix(params.get(UP), null) : null,
        NdRowsF32.vector(params.get(UP_BIAS), features ? F : 0, 0),
        params.containsKey(NODE) ? NdRowsF32.vector(params.get(NODE), F, 0) : null,
        NdRowsF32.vector(params.get(NODE_BIAS), 1, 0));
  }

  private static void put(Map<String, INDArray> gradients, GateKernelF32 d) {
    if (d.down != null) {
      NdRowsF32.putMatrix(gradients.get(DOWN).transpose(), d.down);
      NdRowsF32.putVector(gradients.get(DOWN_BIAS), d.downBias);
      NdRowsF32.putMatrix(gradients.get(UP), d.up);
      NdRowsF32.putVector(gradients.get(UP_BIAS), d.upBias);
    }
    if (d.node != null) {
      NdRowsF32.putVector(gradients.get(NODE), d.node);
      NdRowsF32.putVector(gradients.get(NODE_BIAS), d.nodeBias);
    }
  }

  /** Work on one node; {@code chunk} picks a partial sum. */
  private interface Body {
    void run(Node node, int chunk);
  }

  private static void forEach(Batch b, Body body) {
    Workers.run(
        b.chunks,
        (long) b.N * b.T * b.F,
        (chunk, worker) -> {
          Node node = new Node(b);
          int end = (int) ((long) b.N * (chunk + 1) / b.chunks);
          for (int n = (int) ((long) b.N * chunk / b.chunks); n < end; n++) {
            node.open(n);
            body.run(node, chunk);
          }
        });
  }

  /** What all nodes share. */
  private final class Batch {
    private final int N;
    private final int T;
    private final int F;
    private final int chunks;
    private final RowsF32 x;
    private final RowsF32 mask;
    private final GateKernelF32 gates;

    /** Feature gates of the whole graph, null if each node has its own. */
    private final float[] aOfGraph;

    private final float[] hOfGraph;
    private final float[] cOfGraph;

    private Batch(INDArray in, INDArray mask, Map<String, INDArray> params) {
      N = (int) in.size(0);
      T = in.rank() == 3 ? (int) in.size(1) : 1;
      F = (int) in.size(in.rank() - 1);
      chunks = Math.min(MAX_CHUNKS, N);
      x = NdRowsF32.of(in);
      this.mask = mask == null ? null : NdRowsF32.of(mask);
      gates = kernel(params, F);
      cOfGraph = new float[F];
      hOfGraph = new float[gates.downBias.length];
      float[] a = new float[F];
      if (graph) {
        float[][] sums = new float[chunks][F];
        forEach(this, (node, chunk) -> RowMathF32.add(sums[chunk], node.z, F));
        RowMathF32.add(cOfGraph, RowMathF32.total(sums), F);
        RowMathF32.scale(cOfGraph, 1f / N, F);
        gates.featureGates(a, hOfGraph, cOfGraph);
      }
      aOfGraph = graph ? a : null;
    }
  }

  /** Rows of one node, in one thread. */
  private static final class Node {
    private final Batch batch;
    private final float[] present;
    private final float[] row;
    private final float[] z;
    private final float[] h;
    private final float[] q;
    private final float[] dq;
    private float[] a;
    private float b;
    private float steps;
    private int n;

    private Node(Batch batch) {
      this.batch = batch;
      present = new float[batch.T];
      Arrays.fill(present, 1f);
      row = new float[batch.F];
      z = new float[batch.F];
      h = new float[batch.gates.downBias.length];
      q = new float[batch.F];
      dq = new float[batch.F];
      a = new float[batch.F];
    }

    /** Goes to a node and takes its mean over time. */
    private void open(int node) {
      n = node;
      if (batch.mask != null) {
        batch.mask.duplicate().get(present, n, 0, 0, batch.T);
      }
      steps = 0;
      Arrays.fill(z, 0f);
      for (int t = 0; t < batch.T; t++) {
        read(batch.x.duplicate(), t);
        RowMathF32.addScaled(z, row, present[t], batch.F);
        steps += present[t];
      }
      steps = Math.max(1f, steps);
      RowMathF32.scale(z, 1 / steps, batch.F);
    }

    private void read(RowsF32 rows, int t) {
      rows.get(row, n, t, 0, batch.F);
    }

    /** Computes the gates, and their product q. */
    private void gate() {
      b = batch.gates.nodeGate(z);
      if (batch.aOfGraph == null) {
        batch.gates.featureGates(a, h, z);
      } else {
        a = batch.aOfGraph;
      }
      for (int f = 0; f < batch.F; f++) {
        q[f] = a[f] * b;
      }
    }

    /** Gradient of q. */
    private float[] gateGradient(RowsF32 g) {
      Arrays.fill(dq, 0f);
      float[] x = new float[batch.F];
      for (int t = 0; t < batch.T; t++) {
        if (present[t] != 0) {
          batch.x.duplicate().get(x, n, t, 0, batch.F);
          read(g, t);
          for (int f = 0; f < batch.F; f++) {
            dq[f] += row[f] * x[f];
          }
        }
      }
      return dq;
    }
  }
}
