package io.github.dl4jsnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows must compile, run, and exist. */
class ReadmeTest {
  private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LOCAL_LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("README.md")) ? here : here.getParent();
  }

  private static String readme() throws IOException {
    return Files.readString(root().resolve("README.md"));
  }

  @Test
  void theSampleCompilesAndSeparatesTheFactions(@TempDir Path folder) throws Exception {
    Matcher sample = SAMPLE.matcher(readme());
    assertThat(sample.find()).isTrue();
    Path source = folder.resolve("Quickstart.java");
    Files.writeString(source, sample.group(1));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(code).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    String printed = run(folder);
    int correct = 0;
    String[] factions = printed.replaceAll("[^01]", " ").trim().split("\\s+");
    io.github.dl4jsnn.graph.GraphData club = io.github.dl4jsnn.graph.KarateClub.load();
    assertThat(factions).as(printed).hasSize(club.numNodes());
    for (int i = 0; i < factions.length; i++) {
      correct += Integer.parseInt(factions[i]) == club.label(i) ? 1 : 0;
    }
    assertThat(correct).as("of 34 members").isGreaterThanOrEqualTo(27);
  }

  private static String run(Path folder) throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass("Quickstart")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {folder.resolve("karate.zip").toString()});
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void localLinksLeadSomewhere() throws IOException {
    Stream<String> links = LOCAL_LINK.matcher(readme()).results().map(m -> m.group(1));
    assertThat(links).isNotEmpty().allMatch(link -> Files.exists(root().resolve(link)));
  }
}
