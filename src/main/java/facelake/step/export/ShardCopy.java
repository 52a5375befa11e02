package facelake.step.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Copies a shard without some of its pictures. */
public final class ShardCopy {
  private static final String DESCRIPTION = ".json";

  private ShardCopy() {}

  /**
   * The pictures whose name or description fulfils a condition, as keys of WebDataset.
   *
   * @param text asked of each member's name and of each description
   */
  public static Set<String> keys(InputStream shard, Predicate<String> text) throws IOException {
    Set<String> keys = new HashSet<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(shard, "UTF-8");
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName();
      if (text.test(name)
          || name.endsWith(DESCRIPTION)
              && text.test(new String(tar.readAllBytes(), StandardCharsets.UTF_8))) {
        keys.add(key(name));
      }
    }
    return keys;
  }

  /**
   * Copies the other pictures with their descriptions.
   *
   * @return how many members were copied
   */
  public static int without(Set<String> keys, InputStream shard, OutputStream out)
      throws IOException {
    int copied = 0;
    TarArchiveInputStream from = new TarArchiveInputStream(shard, "UTF-8");
    TarArchiveOutputStream to = ShardWriter.open(out);
    for (TarArchiveEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
      if (!keys.contains(key(entry.getName()))) {
        ShardWriter.member(to, entry.getName(), from.readAllBytes());
        copied++;
      }
    }
    to.finish();
    to.flush();
    return copied;
  }

  private static String key(String member) {
    int dot = member.indexOf('.', member.lastIndexOf('/') + 1);
    return dot < 0 ? member : member.substring(0, dot);
  }
}
