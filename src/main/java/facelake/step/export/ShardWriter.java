package facelake.step.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.spark.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes one shard as WebDataset has it: {@code key.jpg} and {@code key.json} beside each other.
 * The same pictures give the same bytes: nothing says when and by whom a shard was written.
 */
final class ShardWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MODE = 0100644;

  private final String target;
  private final String parts;
  private final Configuration hadoop;

  ShardWriter(String target, String parts, Configuration hadoop) {
    this.target = target;
    this.parts = parts;
    this.hadoop = hadoop;
  }

  /** Writes the pictures of one shard as they come; a shard without any is not written. */
  List<ExportedPicture> write(Iterator<PictureMaker.Made> pictures) throws IOException {
    List<ExportedPicture> lost = new ArrayList<>();
    List<ExportOrder> written = new ArrayList<>();
    PictureMaker.Made first = next(pictures, lost);
    if (first == null) {
      return lost;
    }
    String path = first.order().path();
    long length =
        WholeFile.write(
            out -> write(out, first, pictures, written, lost),
            new Path(target + "/" + path),
            new Path(parts + "/" + path),
            hadoop);
    List<ExportedPicture> all = new ArrayList<>(lost);
    written.forEach(order -> all.add(ExportedPicture.written(order, length)));
    return all;
  }

  /** The next picture that there is, or null; those before it are noted as lost. */
  private static PictureMaker.Made next(
      Iterator<PictureMaker.Made> pictures, List<ExportedPicture> lost) {
    while (pictures.hasNext()) {
      PictureMaker.Made made = pictures.next();
      if (made.lost() == null) {
        return made;
      }
      lost.add(made.lost());
    }
    return null;
  }

  private static void write(
      OutputStream out,
      PictureMaker.Made first,
      Iterator<PictureMaker.Made> others,
      List<ExportOrder> written,
      List<ExportedPicture> lost)
      throws IOException {
    TarArchiveOutputStream tar = open(out);
    for (PictureMaker.Made made = first; made != null; made = next(others, lost)) {
      ExportOrder order = made.order();
      member(tar, order.member(), made.bytes());
      member(tar, order.key() + ".json", JSON.writeValueAsBytes(description(order)));
      written.add(order);
    }
    tar.finish();
    tar.flush();
  }

  /** A tar that takes names and sizes of any length. */
  static TarArchiveOutputStream open(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    return tar;
  }

  /** Writes a member that says nothing of when and by whom. */
  static void member(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setModTime(0);
    entry.setUserName("");
    entry.setGroupName("");
    entry.setMode(MODE);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** The field {@code label} is what {@code index} takes for the identity. */
  private static Map<String, Object> description(ExportOrder order) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("label", order.personId());
    description.put("class", order.classNumber());
    description.put("dataset", order.dataset());
    description.put("dataset_identity", order.identity());
    description.put("uri", order.photo().uri());
    description.put("face_id", order.faceId());
    description.put("box", order.box());
    description.put("landmarks", order.landmarks());
    description.put("gender", order.gender());
    return description;
  }
}
