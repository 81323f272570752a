package io.github.dl4jsnn.convert;

import io.github.dl4jsnn.convert.Node.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * Puts maximum pooling before the rectifiers on constant currents, where it is exact: {@code
 * max(relu(x)) = relu(max(x))}. Behind spikes it stays, as the maximum of spikes.
 */
final class MaxPoolSwap {

  private MaxPoolSwap() {}

  static void apply(List<Node> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      Node pool = nodes.get(i);
      Node relu = Node.find(nodes, pool.input());
      if (isMaximum(pool)
          && relu != null
          && relu.kind == Kind.RELU
          && Node.uses(nodes, relu.name) == 1
          && isConstant(nodes, relu.input())) {
        Node.redirect(nodes, pool.name, relu.name);
        pool.inputs = relu.inputs;
        relu.inputs = new ArrayList<>(List.of(pool.name));
        relu.vertex = pool.vertex;
        // The order stays topological: the pooling takes the earlier place, its input lies before.
        Collections.swap(nodes, i, nodes.indexOf(relu));
      }
    }
  }

  private static boolean isMaximum(Node node) {
    return node.kind == Kind.KEPT
        && node.layer instanceof SubsamplingLayer
        && ((SubsamplingLayer) node.layer).getPoolingType().name().equals("MAX");
  }

  /** Whether no rectifier, so no neuron, lies before. */
  private static boolean isConstant(List<Node> nodes, String name) {
    Node node = Node.find(nodes, name);
    return node == null
        || node.kind != Kind.RELU && node.inputs.stream().allMatch(i -> isConstant(nodes, i));
  }
}
