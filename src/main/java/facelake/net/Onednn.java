package facelake.net;

import facelake.dlib.NativeThreads;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;

/** The library: its engine, shared by all threads, and what the processor lets it do. */
final class Onednn {
  /** All that came later has instructions for bfloat16. */
  private static final Set<dnnl.cpu_isa> WITHOUT_BF16 =
      EnumSet.of(
          dnnl.cpu_isa.isa_default,
          dnnl.cpu_isa.sse41,
          dnnl.cpu_isa.avx,
          dnnl.cpu_isa.avx2,
          dnnl.cpu_isa.avx2_vnni,
          dnnl.cpu_isa.avx2_vnni_2,
          dnnl.cpu_isa.avx512_core,
          dnnl.cpu_isa.avx512_core_vnni);

  static final engine ENGINE;

  static {
    NativeThreads.useOneACall();
    ENGINE = new engine(engine.kind.cpu, 0);
  }

  private Onednn() {}

  /** Whether bfloat16 products are computed by the processor itself. */
  static boolean hasBf16() {
    return !WITHOUT_BF16.contains(dnnl.get_effective_cpu_isa().intern());
  }

  /** The instructions that the library uses here, such as {@code avx2}. */
  static String instructionSet() {
    return dnnl.get_effective_cpu_isa().toString().toLowerCase(Locale.ROOT);
  }

  static data_type type(Precision precision) {
    return precision == Precision.BF16 ? data_type.bf16 : data_type.f32;
  }

  /** A tensor; {@code format_tag.any} leaves the layout to the library. */
  static memory.desc of(format_tag layout, data_type type, long... dims) {
    return new memory.desc(dims, type, layout);
  }
}
