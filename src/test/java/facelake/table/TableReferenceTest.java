package facelake.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

/**
 * The table reference says what the classes say. After a change of a table, make it anew:
 *
 * <pre>mvn surefire:test -Dtest=TableReferenceTest -Dfacelake.write-docs=true</pre>
 */
class TableReferenceTest {
  private static final Path REFERENCE = Path.of("docs/table-reference.md");

  private static final List<TableSpec> TABLES =
      List.of(
          ImagesTable.SPEC,
          FacesTable.SPEC,
          PeopleTable.SPEC,
          TagsTable.SPEC,
          MatchesTable.SPEC,
          LabelIssuesTable.SPEC,
          DuplicatesTable.SPEC,
          DecisionsTable.SPEC,
          LineageTable.SPEC,
          IdentityPartsTable.SPEC,
          NearPartsTable.SPEC,
          CohortTable.SPEC,
          ForgottenTable.SPEC,
          RunsTable.SPEC);

  @Test
  void isWhatTheClassesSay() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Table reference

            All tables with their columns, types, comments and checks, made from the classes that own them.
            [tables.md](tables.md) explains them. `jobs/facelake sql "DESCRIBE faces" --lake LAKE` says the same of a lake.
            """);
    TABLES.forEach(table -> append(table, text));

    if (Boolean.getBoolean("facelake.write-docs")) {
      Files.writeString(REFERENCE, text);
    }
    assertThat(REFERENCE)
        .as("make it anew as the Javadoc of this test says")
        .hasContent(text.toString());
  }

  @Test
  void leavesNoTableOut() throws IOException {
    try (var files = Files.list(Path.of("src/main/java/facelake/table"))) {
      long classes =
          files.filter(file -> file.getFileName().toString().endsWith("Table.java")).count();
      assertThat(TABLES).hasSize((int) classes);
    }
  }

  private static void append(TableSpec table, StringBuilder text) {
    text.append("\n## ").append(table.name()).append("\n\n").append(table.comment()).append('.');
    if (!table.partitions().isEmpty()) {
      text.append(" Partitioned by ").append(String.join(", ", table.partitions())).append('.');
    }
    text.append("\n\n| column | type | null | |\n|---|---|---|---|\n");
    for (StructField column : table.schema().fields()) {
      text.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(
                  column.name(),
                  column.dataType().sql().toLowerCase(Locale.ROOT).replace(" not null", ""),
                  column.nullable() ? "may be" : "never",
                  cell(column.getComment().getOrElse(() -> ""))));
    }
    if (!table.checks().isEmpty()) {
      text.append("\n| check | each row fulfils |\n|---|---|\n");
      for (Map.Entry<String, String> check : new TreeMap<>(table.checks()).entrySet()) {
        text.append("| `%s` | `%s` |\n".formatted(check.getKey(), cell(check.getValue())));
      }
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
