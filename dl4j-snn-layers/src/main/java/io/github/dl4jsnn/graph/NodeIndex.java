package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.kernel.CounterRandom;
import java.util.Arrays;

/**
 * Numbers nodes in the order in which they are met: a hash table from node to number, which costs
 * memory for the nodes met and not for the whole graph.
 */
final class NodeIndex {
  private int[] slots; // number + 1, or 0
  private int[] nodes;
  private int size;

  /** An index that grows above this many nodes. */
  NodeIndex(int expected) {
    nodes = new int[Math.max(4, expected)];
    slots = new int[slotsFor(nodes.length)];
  }

  /** A power of two, at least twice as many. */
  private static int slotsFor(int nodes) {
    return Integer.highestOneBit(Math.max(1, nodes - 1)) << 2;
  }

  int size() {
    return size;
  }

  int node(int number) {
    return nodes[number];
  }

  int[] toArray() {
    return Arrays.copyOf(nodes, size);
  }

  boolean contains(int node) {
    return slots[slot(node)] != 0;
  }

  /** Returns the number of a node; a node not met before gets the next one. */
  int add(int node) {
    int slot = slot(node);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == nodes.length) {
      grow();
      slot = slot(node);
    }
    nodes[size] = node;
    slots[slot] = ++size;
    return size - 1;
  }

  private int slot(int node) {
    int mask = slots.length - 1;
    int slot = (int) CounterRandom.mix(0, node) & mask;
    while (slots[slot] != 0 && nodes[slots[slot] - 1] != node) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** At most half of the slots are taken. */
  private void grow() {
    nodes = Arrays.copyOf(nodes, 2 * size);
    slots = new int[slotsFor(2 * size)];
    for (int i = 0; i < size; i++) {
      slots[slot(nodes[i])] = i + 1;
    }
  }
}
