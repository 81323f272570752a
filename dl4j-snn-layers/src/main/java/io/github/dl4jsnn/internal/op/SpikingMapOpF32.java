package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.kernel.NeuronStepF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowSinkF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * {@link SpikingMapOp} in this file's precision: {@link PositionMapF32} makes the currents, {@link
 * PositionNormF32} their statistics, {@link PositionNeuronsF32} the spikes.
 */
final class SpikingMapOpF32 implements SpikingMapOp {
  private final SpikingMapSettings settings;
  private final PositionMapF32 map;
  private final PositionNormF32 norm;
  private final PositionNeuronsF32 neurons;
  private final BlockF32 z = new BlockF32();
  private final BlockF32 dy = new BlockF32();
  private final BlockF32 code = new BlockF32();

  SpikingMapOpF32(SpikingMapSettings settings) {
    this.settings = settings;
    this.map =
        settings.taps == null
            ? new LinearMapF32(settings.layer)
            : new ConvolutionMapF32(settings.layer, settings.taps);
    this.norm = new PositionNormF32(settings);
    this.neurons = new PositionNeuronsF32(settings, norm);
  }

  @Override
  public void forward(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      boolean training,
      INDArray out) {
    run(in, mask, codes, params, training, out, step -> step.o);
  }

  @Override
  public void potentials(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      boolean training,
      INDArray out) {
    run(in, mask, codes, params, training, out, NeuronStepF32::potential);
  }

  private void run(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      boolean training,
      INDArray out,
      Function<NeuronStepF32, float[]> result) {
    MapPassF32 pass = new MapPassF32(settings, in, mask, out);
    RowsF32 dest = NdRowsF32.of(out); // refuses what is too large before memory is taken for it
    RowsF32 currents = z.of(pass.rows(), pass.H).rows();
    float[] bias = NdRowsF32.vector(params.get(BIAS), pass.H, 0f);
    RowsF32 codeRows = codes == null ? null : codeCurrents(pass, codes, params);
    map.forward(pass, new Currents(pass, currents, bias, codeRows), rows(in), params);
    norm.prepare(currents, pass, params, training);
    neurons.forward(currents, pass, params, dest, result);
  }

  /** What the code adds at each position, the same for all examples. */
  private RowsF32 codeCurrents(MapPassF32 pass, INDArray codes, Map<String, INDArray> params) {
    Matrix result = code.of(pass.P, pass.H).matrix(pass.P);
    Matrix weight = Matrix.of(params.get(CODE_WEIGHT));
    Gemm.get().multiply(result, Matrix.of(codes).rows(0, pass.P), weight, false);
    return code.rows();
  }

  @Override
  public void backward(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    MapPassF32 pass = new MapPassF32(settings, in, mask, g);
    RowsF32 currents = z.rows();
    RowsF32 d = dy.of(pass.rows(), pass.H).rows();
    neurons.backward(currents, pass, params, NdRowsF32.of(contiguous(g)), d, gradients);
    NdRowsF32.putVector(gradients.get(BIAS), norm.biasGradient());
    Gradients dz = new Gradients(pass, d, currents);
    if (codes != null) {
      codeGradient(pass, dz, codes, gradients.get(CODE_WEIGHT));
    }
    map.backward(pass, dz, rows(in), params, gradients, rows(dIn));
  }

  /** {@code dW2 = C^T (sum over the examples of dz)}. */
  private void codeGradient(MapPassF32 pass, Gradients dz, INDArray codes, INDArray dWeight) {
    RowsF32 dest = code.of(pass.P, pass.H).rows();
    Workers.run(
        pass.P,
        (long) pass.rows() * pass.H,
        (p, worker) -> {
          Gradients source = dz.open();
          float[] sum = new float[pass.H];
          float[] row = new float[pass.H];
          for (int r = p; r < pass.rows(); r += pass.P) {
            if (!source.isZero(r, 0)) {
              source.get(row, r, 0);
              RowMathF32.add(sum, row, pass.H);
            }
          }
          dest.duplicate().put(sum, p, 0, 0, pass.H);
        });
    Matrix transposed = Matrix.of(codes).rows(0, pass.P).transpose();
    Gemm.get().multiply(Matrix.of(dWeight), transposed, code.matrix(pass.P), false);
  }

  /** All entries of all examples as rows; a view if they lie in this order. */
  private static INDArray rows(INDArray a) {
    return a.reshape('c', a.size(0) * a.size(1), a.size(2));
  }

  /** Positions side by side. */
  private static INDArray contiguous(INDArray a) {
    return a.ordering() == 'c' && Shape.hasDefaultStridesForShape(a) ? a : a.dup('c');
  }

  /** Adds bias and code on the way out. */
  private static final class Currents implements RowSinkF32 {
    private final MapPassF32 pass;
    private final RowsF32 z;
    private final float[] bias;
    private final RowsF32 code;
    private final float[] codeRow;

    private Currents(MapPassF32 pass, RowsF32 z, float[] bias, RowsF32 code) {
      this.pass = pass;
      this.z = z;
      this.bias = bias;
      this.code = code;
      this.codeRow = new float[pass.H];
    }

    @Override
    public Currents open() {
      return new Currents(pass, z.duplicate(), bias, code == null ? null : code.duplicate());
    }

    @Override
    public void put(float[] row, int r, int t) {
      if (pass.missing(r)) {
        Arrays.fill(row, 0, pass.H, 0f);
      } else {
        RowMathF32.add(row, bias, pass.H);
        if (code != null) {
          code.get(codeRow, r % pass.P, 0, 0, pass.H);
          RowMathF32.add(row, codeRow, pass.H);
        }
      }
      z.put(row, r, 0, 0, pass.H);
    }
  }

  /** Gradients of the currents, on the way from those of the normalised ones. */
  private final class Gradients implements RowSourceF32 {
    private final MapPassF32 pass;
    private final RowsF32 d;
    private final RowsF32 z;
    private final float[] current;

    private Gradients(MapPassF32 pass, RowsF32 d, RowsF32 z) {
      this.pass = pass;
      this.d = d;
      this.z = z;
      this.current = new float[pass.H];
    }

    @Override
    public Gradients open() {
      return new Gradients(pass, d.duplicate(), z.duplicate());
    }

    @Override
    public boolean isZero(int r, int t) {
      return pass.missing(r);
    }

    @Override
    public void get(float[] row, int r, int t) {
      d.get(row, r, 0, 0, pass.H);
      if (norm.needsCurrents()) {
        z.get(current, r, 0, 0, pass.H);
        norm.backward(row, current, pass.H);
      }
    }
  }
}
