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
  CITESEER,
  /**
   * The citation graph Pubmed with its labels and split, from the data folder, and generated
   * features: those of most nodes are missing there.
   */
  PUBMED;

  /** Words of Pubmed's abstracts, and so of the generated features. */
  private static final int PUBMED_WORDS = 500;

  GraphData load() throws IOException {
    switch (this) {
      case KARATE:
        return KarateClub.load();
      case CORA:
        return Planetoid.cora();
      case CITESEER:
        return Planetoid.citeseer();
      default:
        return GeneratedWords.on(Planetoid.pubmed(), PUBMED_WORDS, 1);
    }
  }

  /** Whether features are generated: then accuracies compare with none that is published. */
  boolean generated() {
    return this == PUBMED;
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
