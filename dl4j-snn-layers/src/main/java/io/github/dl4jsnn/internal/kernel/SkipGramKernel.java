package io.github.dl4jsnn.internal.kernel;

/**
 * One stochastic gradient step of skip-gram with hierarchical softmax (word2vec, DeepWalk).
 *
 * <p>Float only: nobody takes a gradient through it.
 */
public final class SkipGramKernel {

  private SkipGramKernel() {}

  /**
   * Raises the log-probability of a leaf of a binary tree, given the vector {@code v} of a vertex.
   *
   * <pre>
   *   p(leaf | v)   = prod over i of sigma(s[i] v . w[i])     s[i] = +1 where code bit i is set, else -1
   *   v            += eta * sum over i of (bit[i] - sigma(v . w[i])) w[i]
   *   w[i]         += eta * (bit[i] - sigma(v . w[i])) v
   * </pre>
   *
   * @param v (in/out) vector of the vertex, length D
   * @param w (in/out) vectors of the inner nodes of the tree, each of length D
   * @param path inner nodes from the root to the leaf
   * @param code bit i says where path goes on from inner node i
   * @param eta step size
   * @param dv (workspace) length D
   */
  public static void step(float[] v, float[][] w, int[] path, long code, float eta, float[] dv) {
    int d = v.length;
    for (int k = 0; k < d; k++) {
      dv[k] = 0f;
    }
    for (int i = 0; i < path.length; i++) {
      float[] wi = w[path[i]];
      float bit = code >>> i & 1;
      float g = eta * (bit - sigmoid(dot(v, wi, d)));
      for (int k = 0; k < d; k++) {
        float old = wi[k];
        dv[k] += g * old;
        wi[k] = old + g * v[k];
      }
    }
    for (int k = 0; k < d; k++) {
      v[k] += dv[k];
    }
  }

  /** Eight sums, because C2 adds floats strictly one after the other and would wait for each. */
  static float dot(float[] a, float[] b, int n) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    int k = 0;
    for (; k + 7 < n; k += 8) {
      s0 += a[k] * b[k];
      s1 += a[k + 1] * b[k + 1];
      s2 += a[k + 2] * b[k + 2];
      s3 += a[k + 3] * b[k + 3];
      s4 += a[k + 4] * b[k + 4];
      s5 += a[k + 5] * b[k + 5];
      s6 += a[k + 6] * b[k + 6];
      s7 += a[k + 7] * b[k + 7];
    }
    for (; k < n; k++) {
      s0 += a[k] * b[k];
    }
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
  }

  static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }
}
