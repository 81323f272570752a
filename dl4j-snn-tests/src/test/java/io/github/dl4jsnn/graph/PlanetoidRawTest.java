package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.razorvine.pickle.Pickler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are made by golden/planetoid_raw.py; the published ones could not be had. */
@Timeout(20)
class PlanetoidRawTest {

  private static final String[] PARTS = {
    "x", "y", "tx", "ty", "allx", "ally", "graph", "test.index"
  };

  @TempDir Path folder;

  @BeforeEach
  void copyFiles() throws IOException {
    for (String name : new String[] {"py2", "p0", "py3"}) {
      for (String part : PARTS) {
        Files.copy(
            getClass().getResourceAsStream("/planetoid-raw/ind." + name + "." + part),
            file(name, part),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path file(String name, String part) {
    return folder.resolve("ind." + name + "." + part);
  }

  private GraphData read(String name) throws IOException {
    return PlanetoidRaw.read(folder, name, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"py2", "p0", "py3"})
  void readsTheGraph(String name) throws IOException {
    GraphData graph = read(name);
    assertThat(graph.name()).isEqualTo(name);
    assertThat(graph.numNodes()).isEqualTo(15);
    assertThat(graph.numFeatures()).isEqualTo(5);
    assertThat(graph.numClasses()).isEqualTo(3);
    assertThat(graph.nodes(Split.TRAIN)).containsExactly(0, 1, 2);
    assertThat(graph.nodes(Split.VALIDATION)).containsExactly(3, 4, 5, 6);
    assertThat(graph.nodes(Split.TEST)).containsExactly(9, 10, 12, 14);
    int[] labels = new int[15];
    Arrays.setAll(labels, graph::label);
    // Rows of ty are the nodes 12, 9, 14, 10.
    assertThat(labels).containsExactly(0, 1, 2, 0, 1, 2, 1, 2, -1, 0, 1, -1, 2, -1, 1);

    // Row 1 has columns out of order, a column twice and a zero.
    assertThat(row(graph, 0)).containsExactly(0, 0, 1, 0, 0);
    assertThat(row(graph, 1)).containsExactly(0.25f, 0, 0, 0, 0.75f);
    assertThat(graph.rowPointers()[2]).isEqualTo(3);
    assertThat(row(graph, 11)).containsOnly(0);
    assertThat(row(graph, 12)).isEqualTo(row(read("py3"), 12));
    float sum = 0;
    for (float value : graph.values()) {
      sum += value;
    }
    assertThat(sum).isGreaterThan(6.5f);

    assertThat(pairs(graph))
        .isEqualTo("0-1 0-14 2-9 3-4 4-12 6-11 7-8 10-12 ")
        .doesNotContain("5-5");
    assertThat(graph.isolatedNodes()).containsExactly(5, 13);
    assertThat(graph.inDegrees()).isEqualTo(graph.outDegrees());
  }

  private static float[] row(GraphData graph, int node) {
    float[] row = new float[graph.numFeatures()];
    for (int f = 0; f < row.length; f++) {
      row[f] = graph.feature(node, f);
    }
    return row;
  }

  private static String pairs(GraphData graph) {
    StringBuilder pairs = new StringBuilder();
    for (int e = 0; e < graph.numEdges(); e += 2) {
      pairs.append(graph.source(e)).append('-').append(graph.target(e)).append(' ');
    }
    return pairs.toString();
  }

  @Test
  void theWholeFormatNeeds500ValidationNodes() {
    assertThatThrownBy(() -> PlanetoidRaw.read(folder, "py2"))
        .isInstanceOf(IOException.class)
        .hasMessage(file("py2", "allx") + ": expected at least 503 nodes, got 9");
  }

  /** Each file cut off at each length: always an error that names the file. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "y", "graph", "test.index"})
  void cutOff(String part) throws IOException {
    byte[] whole = Files.readAllBytes(file("py2", part));
    // A last line of the index without its line feed is complete.
    int last = part.equals("test.index") ? whole.length - 3 : whole.length - 1;
    for (int length = 0; length <= last; length++) {
      Files.write(file("py2", part), Arrays.copyOf(whole, length));
      assertRefused(part);
    }
  }

  /** Any damage gives a graph or an error that names a file, and never another exception. */
  @ParameterizedTest
  @CsvSource({"py2,x", "py2,ty", "py2,graph", "p0,allx", "py3,tx"})
  void damaged(String name, String part) throws IOException {
    byte[] whole = Files.readAllBytes(file(name, part));
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = whole.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      }
      Files.write(file(name, part), damaged);
      try {
        read(name);
      } catch (IOException e) {
        assertThat(e.getMessage()).startsWith(folder + "/ind." + name);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void missingFile() throws IOException {
    Files.delete(file("py2", "ty"));
    assertThatThrownBy(() -> read("py2"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file("py2", "ty").toString());
  }

  @Test
  void classesNotAllowedAreNamed() throws IOException {
    hostile("cos\nsystem\n(S'true'\ntR.", "the class os.system,");
    hostile("\u0080\u0002c__builtin__\neval\n(U\u00011tR.", "the class __builtin__.eval,");
    hostile("\u0080\u0002cexceptions\nValueError\n)R.", "the class exceptions.ValueError,");
    hostile("c__builtin__\nset\n((lp0\ntR.", "the class __builtin__.set,");
    // Classes of the library's own registry, which others may have added to.
    hostile("cdecimal\nDecimal\n(S'1'\ntR.", "the class decimal.Decimal,");
    hostile(
        "ccollections\ndefaultdict\n(c__builtin__\nobject\ntR.", "of something else than lists");
    hostile("c__builtin__\nlist\n)R.", "a call of list");
    hostile("(i__main__\nThing\n.", "instruction 0x69,");
    hostile("Pid\n.", "instruction 0x50,");
    hostile("N.", "expected Map, got None");
    hostile("]}b.", "a state for something that has none");
    hostile("I1\n)R.", "a call of something that is no class");
  }

  @Test
  void hugeLengthsAreRefusedBeforeMemoryIsTaken() throws IOException {
    hostile("T\u00ff\u00ff\u00ff\u007f", "a string of 2147483647 bytes where 0 are left");
    hostile("X\u00ff\u00ff\u00ff\u00ff", "a string of 4294967295 bytes where 0 are left");
    hostile("B\u0000\u0000\u0000\u0040ab", "a string of 1073741824 bytes where 2 are left");
    hostile("\u008a\u00ff\u0001", "cut off or not a pickle");
    hostile("\u008b\u00ff\u00ff\u00ff\u007f", "instruction 0x8b,");
    hostile("\u008e" + "\u00ff".repeat(8), "instruction 0x8e,");
  }

  /** Nested lists that hold each other twice: their hash would take 2^60 steps. */
  @Test
  void keysThatTakeForEverToHashAreRefused() throws IOException {
    StringBuilder pickle = new StringBuilder("]q\u0000");
    for (int depth = 0; depth < 60; depth++) {
      pickle.append("](h").append((char) depth).append("h").append((char) depth).append("eq");
      pickle.append((char) (depth + 1));
    }
    // The last of them is memo 60, '<'.
    hostile(pickle + "}h<I1\ns.", "a key that is neither a number nor a string");
    hostile(pickle + "(h<I1\nd.", "a key that is neither a number nor a string");
    hostile(pickle + "}(h<I1\nu.", "a key that is neither a number nor a string");
    hostile("}(I1\nu.", "a key without a value");
  }

  @Test
  void aBombOfInstructionsIsRefused() throws IOException {
    hostile("}".repeat(4_000_001), "more than 4000000 instructions");
  }

  @Test
  void manyArraysOverTheSameBytesAreRefused() throws IOException {
    String array = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR";
    hostile("(" + array.repeat(9) + "l.", "more than 8 arrays");
    hostile(
        "(" + "cscipy.sparse.csr\ncsr_matrix\n)\u0081".repeat(2) + "l.", "more than one matrix");
    String type = "cnumpy\ndtype\n(S'f4'\ntR(I3\nS'<'\ntb";
    hostile(type + "(I3\nS'<'\ntb.", "a second state for the same object");
    hostile(array + "(I1\n(I1000000\nI1000000\nt" + type + "I00\nS''\ntb.", "expected 4000000");
    hostile("cnumpy\ndtype\n(S'O'\ntR.", "numpy.dtype: expected one of");
  }

  private void hostile(String pickle, String expected) throws IOException {
    Files.write(file("py2", "graph"), pickle.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read("py2"))
        .as(pickle.length() < 200 ? pickle : "long")
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file("py2", "graph") + ": ")
        .hasMessageContaining(expected);
  }

  private void assertRefused(String part) {
    assertThatThrownBy(() -> read("py2"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file("py2", part).toString());
  }

  @Test
  void filesThatDoNotFitEachOther() throws IOException {
    Files.copy(file("py2", "tx"), file("py2", "x"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> read("py2")).hasMessage(file("py2", "y") + ": expected 4 rows, got 3");
    copyFiles();
    Files.writeString(file("py2", "test.index"), "12\n9\n14\n9\n");
    assertThatThrownBy(() -> read("py2"))
        .hasMessageContaining("test.index, line 4: expected each node once, got node 9 again");
    Files.writeString(file("py2", "test.index"), "12\n9\n14\n8\n");
    assertThatThrownBy(() -> read("py2")).hasMessageContaining("line 4: expected a test node of 9");
    Files.writeString(file("py2", "test.index"), "12\n9\n14\n2000000000\n");
    assertThatThrownBy(() -> read("py2")).hasMessageContaining("got \"2000000000\"");
    Files.writeString(file("py2", "test.index"), "12\n9\n14\n10\n13\n");
    assertThatThrownBy(() -> read("py2")).hasMessageContaining("line 5: expected end of file");
    // The highest number is missing: the graph has a node too many.
    Files.writeString(file("py2", "test.index"), "12\n9\n11\n10\n");
    assertThatThrownBy(() -> read("py2"))
        .hasMessage(file("py2", "graph") + ": expected nodes from 0 to 12, got 14");
  }

  /** A graph written from Java by the library's own pickler. */
  @Test
  void graphFromJava() throws IOException {
    Map<Integer, List<Integer>> lists = new HashMap<>();
    for (int v = 0; v < 15; v++) {
      lists.put(v, new ArrayList<>(List.of((v + 1) % 15)));
    }
    Files.write(file("py2", "graph"), new Pickler(false).dumps(lists));
    GraphData ring = read("py2");
    assertThat(ring.numEdges()).isEqualTo(30);
    assertThat(ring.inDegrees()).containsOnly(2);
  }

  /** Labels of every type and byte order that NumPy may have written them in. */
  @ParameterizedTest
  @ValueSource(strings = {"b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "f4", "f8"})
  void typesAndByteOrders(String type) throws IOException {
    int[] classes = {0, 1, 2};
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      int size = type.charAt(1) - '0';
      ByteBuffer data = ByteBuffer.allocate(9 * size).order(order);
      for (int i = 0; i < 9; i++) {
        put(data, type, classes[i / 3] == i % 3 ? 1 : 0);
      }
      ByteArrayOutputStream pickle = new ByteArrayOutputStream();
      write(pickle, "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR");
      write(pickle, "(I1\n(I3\nI3\ntcnumpy\ndtype\n(S'" + type + "'\nI0\nI1\ntR(I3\nS'");
      write(pickle, (order == ByteOrder.BIG_ENDIAN ? ">" : "<") + "'\ntbI00\nU");
      pickle.write(data.capacity());
      pickle.write(data.array());
      write(pickle, "tb.");
      Files.write(file("py2", "y"), pickle.toByteArray());
      assertThat(read("py2").label(2)).isEqualTo(2);
    }
  }

  private static void put(ByteBuffer data, String type, int value) {
    switch (type) {
      case "f4":
        data.putFloat(value);
        break;
      case "f8":
        data.putDouble(value);
        break;
      case "i8":
        data.putLong(value);
        break;
      case "i4":
      case "u4":
        data.putInt(value);
        break;
      case "i2":
      case "u2":
        data.putShort((short) value);
        break;
      default:
        data.put((byte) value);
    }
  }

  private static void write(ByteArrayOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
