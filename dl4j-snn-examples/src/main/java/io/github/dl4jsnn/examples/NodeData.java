package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.KarateClub;
import io.github.dl4jsnn.graph.Planetoid;
import java.io.IOException;
import java.util.Locale;

/** The graphs that the node classification examples know. */
enum NodeData {
  /** Zachary's karate club, inside the jar. */
  KARATE,
  /** The citation graph Cora, from the data folder. */
  CORA,
  /** The citation graph Citeseer, from the data folder. */
  CITESEER;

  GraphData load() throws IOException {
    switch (this) {
      case KARATE:
        return KarateClub.load();
      case CORA:
        return Planetoid.cora();
      default:
        return Planetoid.citeseer();
    }
  }

  /** Returns the names of the classes, none if they are but numbers. */
  String[] classNames() {
    return this == KARATE ? new String[] {"joins Mr. Hi", "joins the officer"} : new String[0];
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
