package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionStudyTest {

  @TempDir Path folder;

  @Test
  void writesTableAndPictures() throws IOException {
    CommandRun run = new CommandRun(new PositionStudy(), "--positions=200", "--out=" + folder);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    List<String> table = Files.readAllLines(folder.resolve("studies/repetition.csv"));
    assertThat(table.get(0)).isEqualTo(PositionStudy.HEADER);
    assertThat(table).allMatch(l -> l.split(",").length == 8);
    assertThat(table)
        .filteredOn(l -> l.startsWith("unique("))
        .hasSize(3)
        .allMatch(l -> l.endsWith(",0.0000"));
    // a constant has the same code everywhere, whatever the weights
    assertThat(table)
        .filteredOn(l -> l.startsWith("RPE,constant"))
        .hasSize(3)
        .allMatch(l -> l.endsWith(",200,1.0000"));
    for (String picture : new String[] {"repetition.png", "cpg-raster.png"}) {
      assertThat(ImageIO.read(folder.resolve("images").resolve(picture).toFile()).getWidth())
          .isGreaterThan(400);
    }
  }

  @Test
  void refusesSequencesThatAreTooShort() {
    CommandRun run = new CommandRun(new PositionStudy(), "--positions=3", "--out=" + folder);
    assertThat(run.exitCode).isNotZero();
    assertThat(run.err).contains("--positions", "64");
  }
}
