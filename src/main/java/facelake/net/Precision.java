package facelake.net;

import facelake.UserError;

/** The numbers that a network computes with. */
public enum Precision {
  /** 32-bit floats: agrees with dlib to its own rounding. */
  FP32("fp32"),
  /**
   * bfloat16 weights and activations (8 bits of mantissa), sums in 32 bits, the last layer in 32
   * bits. Needs a processor with AVX512-BF16 or AMX-BF16.
   */
  BF16("bf16");

  private final String label;

  Precision(String label) {
    this.label = label;
  }

  /** The faster one of those that this processor has instructions for. */
  public static Precision fastest() {
    return Onednn.hasBf16() ? BF16 : FP32;
  }

  /**
   * Refuses what this processor would have to emulate.
   *
   * @throws UserError naming the processor's instruction set
   */
  public void requireSupport() {
    if (this == BF16 && !Onednn.hasBf16()) {
      throw new UserError(
          "--precision bf16 needs a processor with AVX512-BF16 or AMX-BF16; this one offers %s. Use"
              + " --precision fp32, or run on other machines",
          Onednn.instructionSet());
    }
  }

  @Override
  public String toString() {
    return label;
  }
}
