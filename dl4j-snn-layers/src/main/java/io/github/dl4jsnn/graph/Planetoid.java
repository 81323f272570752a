package io.github.dl4jsnn.graph;

import java.io.IOException;

/**
 * The three citation graphs of semi-supervised node classification, with the Planetoid split: 20
 * nodes of each class to train, 500 to validate, 1000 to test.
 *
 * <p>Nodes are papers, edges are citations (undirected), features are words, labels are fields. The
 * files are those of {@link GraphDataReader}, in {@code planetoid/NAME} of the {@link DataFolder}.
 * {@link PlanetoidRaw} reads the same graphs from the files their authors publish, {@link
 * PlanetoidDownload} fetches those.
 *
 * <p><b>Source.</b> Sen, Namata, Bilgic, Getoor, Gallagher and Eliassi-Rad, Collective
 * classification in network data, AI Magazine 29(3), 2008. Namata, London, Getoor and Huang,
 * Query-driven active surveying for collective classification, MLG 2012 (Pubmed). Splits: Yang,
 * Cohen and Salakhutdinov, Revisiting semi-supervised learning with graph embeddings, ICML 2016.
 */
public final class Planetoid {

  private Planetoid() {}

  /**
   * Returns Cora: 2708 nodes, 5278 undirected edges, 1433 features 0 or 1, 7 classes.
   *
   * @throws IllegalStateException if there is no data folder
   * @throws IOException if the files are missing or damaged
   */
  public static GraphData cora() throws IOException {
    return read("cora");
  }

  /**
   * Returns Citeseer: 3327 nodes, 48 of them isolated, 4552 undirected edges, 3703 features 0 or 1,
   * 6 classes. 15 nodes have neither features nor a label, but edges: none of them is among the
   * isolated ones.
   *
   * @throws IllegalStateException if there is no data folder
   * @throws IOException if the files are missing or damaged
   */
  public static GraphData citeseer() throws IOException {
    return read("citeseer");
  }

  /**
   * Returns Pubmed: 19717 nodes, 44324 undirected edges, 500 TF-IDF features, 3 classes.
   *
   * <p>With the files described in {@link GraphDataReader} as partial features, only the train and
   * test nodes have features: enough to test scale, not to compare with published accuracy.
   *
   * @throws IllegalStateException if there is no data folder
   * @throws IOException if the files are missing or damaged
   */
  public static GraphData pubmed() throws IOException {
    return read("pubmed");
  }

  private static GraphData read(String name) throws IOException {
    return GraphDataReader.read(DataFolder.require().resolve("planetoid").resolve(name), name);
  }
}
