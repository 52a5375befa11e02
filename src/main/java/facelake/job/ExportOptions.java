package facelake.job;

import facelake.UserError;
import facelake.step.export.ExportFormat;
import facelake.step.export.ExportRule;
import facelake.table.Lake;
import facelake.table.PeopleTable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@link ExportJob} is asked.
 *
 * @param lake the lake, of whose tables only {@code runs} gets a row
 * @param target the folder to write, a path or URI
 * @param format how it is to stand there
 * @param chipSize pixels a side of an aligned chip; 0 for photos as they are
 * @param scope the people to export, a value of {@code people.scope}
 * @param datasets whose photos; empty for all that the scope has
 * @param withoutPeopleOf datasets whose people and photos are left out
 * @param drops what is left out
 * @param relabel whether faces that do not fit their label go to the person that they fit
 * @param minFace shortest side of a face's box in pixels, 0 or more
 * @param minPhotos photos that a person has at least, 1 or more
 * @param shardMb size of a shard, about, in MB of 1,000,000 bytes
 * @param seed of the order of pictures in shards
 * @param chunkImages files that are written before they are noted down; a kill costs at most one
 *     such chunk
 * @param resuming what to do with a target that has something in it
 */
public record ExportOptions(
    Lake lake,
    String target,
    ExportFormat format,
    int chipSize,
    String scope,
    List<String> datasets,
    List<String> withoutPeopleOf,
    Set<ExportRule.Drop> drops,
    boolean relabel,
    int minFace,
    int minPhotos,
    int shardMb,
    long seed,
    int chunkImages,
    Resuming resuming) {
  /** The default of {@link #shardMb}. */
  public static final int SHARD_MB = 512;

  /** The default of {@link #drops}. */
  public static final Set<ExportRule.Drop> DROPS =
      EnumSet.of(
          ExportRule.Drop.DUPLICATES, ExportRule.Drop.LABEL_ISSUES, ExportRule.Drop.CONFLICTS);

  /** What to do with a target that has something in it. */
  public enum Resuming {
    /** Refuse it. */
    REFUSE,
    /** Go on with the export that was begun there. */
    RESUME
  }

  /** Takes copies, each name once and sorted, and checks what goes together. */
  public ExportOptions {
    datasets = List.copyOf(new TreeSet<>(datasets));
    withoutPeopleOf = List.copyOf(new TreeSet<>(withoutPeopleOf));
    drops = Set.copyOf(drops);
    if (format == ExportFormat.CSV && chipSize > 0) {
      throw new UserError(
          "--format csv writes no pictures, and so no chips; leave --chips out, or use --format"
              + " folders or webdataset");
    }
    if (relabel && !scope.equals(PeopleTable.RESOLVED)) {
      throw new UserError(
          "--relabel goes by labels, which scope '%s' does not know; leave it out, or export scope"
              + " %s",
          scope, PeopleTable.RESOLVED);
    }
    for (String test : withoutPeopleOf) {
      if (datasets.contains(test)) {
        throw new UserError(
            "dataset %s stands in --datasets and in --without-people-of; nothing of it would be left",
            test);
      }
    }
  }

  /** The usual options. */
  public static ExportOptions of(Lake lake, String target) {
    return new ExportOptions(
        lake,
        target,
        ExportFormat.FOLDERS,
        0,
        PeopleTable.RESOLVED,
        List.of(),
        List.of(),
        DROPS,
        false,
        0,
        1,
        SHARD_MB,
        0,
        IndexOptions.DEFAULT_CHUNK_IMAGES,
        Resuming.REFUSE);
  }

  /** The rule that these options come to. */
  ExportRule rule() {
    return new ExportRule(drops, relabel, minFace, minPhotos);
  }

  /** What the result follows from, by name. */
  Map<String, String> described() {
    Map<String, String> described = new TreeMap<>();
    described.put("lake", lake.root());
    described.put("format", format.toString());
    described.put("chips", String.valueOf(chipSize));
    described.put("scope", scope);
    described.put("datasets", String.join(",", datasets));
    described.put("without-people-of", String.join(",", withoutPeopleOf));
    described.put(
        "drop",
        drops.stream().map(ExportRule.Drop::label).sorted().collect(Collectors.joining(",")));
    described.put("relabel", String.valueOf(relabel));
    described.put("min-face", String.valueOf(minFace));
    described.put("min-photos", String.valueOf(minPhotos));
    described.put("shard-mb", String.valueOf(shardMb));
    described.put("seed", String.valueOf(seed));
    described.put("chunk-images", String.valueOf(chunkImages));
    return described;
  }
}
