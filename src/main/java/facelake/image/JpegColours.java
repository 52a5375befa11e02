package facelake.image;

import java.util.Arrays;

/**
 * What the components of a JPEG are, and how they become RGB: libjpeg's rules ({@code jdapimin.c},
 * {@code default_decompress_parms}) and libjpeg's integers ({@code jdcolor.c}), so that pixels
 * equal those of programs that use it. The JDK's own guess differs for pictures without JFIF header
 * whose components are not numbered 1, 2, 3.
 */
enum JpegColours {
  /** Luminance alone. */
  GRAY {
    @Override
    byte[] toRgb(byte[] gray) {
      byte[] rgb = new byte[gray.length * 3];
      for (int from = 0, to = 0; from < gray.length; from++, to += 3) {
        rgb[to] = rgb[to + 1] = rgb[to + 2] = gray[from];
      }
      return rgb;
    }
  },
  /** No conversion. */
  RGB {
    @Override
    byte[] toRgb(byte[] rgb) {
      return rgb;
    }
  },
  /** JFIF's YCbCr: ITU-R BT.601, full range. */
  YCC {
    @Override
    byte[] toRgb(byte[] ycc) {
      for (int i = 0; i < ycc.length; i += 3) {
        yccToRgb(ycc, i);
      }
      return ycc;
    }
  },
  /** Inks stored inverted, 255 for none, as Adobe's programs write them. */
  CMYK {
    @Override
    byte[] toRgb(byte[] cmyk) {
      byte[] rgb = new byte[cmyk.length / 4 * 3];
      for (int from = 0, to = 0; from < cmyk.length; from += 4, to += 3) {
        for (int i = 0; i < 3; i++) {
          rgb[to + i] = Samples.shade(cmyk[from + i] & 0xFF, cmyk[from + 3] & 0xFF);
        }
      }
      return rgb;
    }
  },
  /** CMYK whose first three stand as YCbCr of their complements. */
  YCCK {
    @Override
    byte[] toRgb(byte[] ycck) {
      for (int i = 0; i < ycck.length; i += 4) {
        yccToRgb(ycck, i);
        for (int ink = i; ink < i + 3; ink++) {
          ycck[ink] = (byte) ~ycck[ink];
        }
      }
      return CMYK.toRgb(ycck);
    }
  };

  /** In place of Adobe's transform where there is no APP14 segment. */
  static final int NO_ADOBE = -1;

  private static final int[] LETTERS = {'R', 'G', 'B'};

  /** RGB of interleaved samples, which may be overwritten. */
  abstract byte[] toRgb(byte[] samples);

  /** Libjpeg's guess from the component numbers and the segments that are there. */
  static JpegColours of(int[] ids, boolean jfif, int adobeTransform) throws ImageFailure {
    return switch (ids.length) {
      case 1 -> GRAY;
      case 3 -> {
        boolean marked = jfif || adobeTransform != NO_ADOBE;
        boolean rgb = marked ? !jfif && adobeTransform == 0 : Arrays.equals(ids, LETTERS);
        yield rgb ? RGB : YCC;
      }
      case 4 -> adobeTransform == NO_ADOBE || adobeTransform == 0 ? CMYK : YCCK;
      default -> throw Failures.unsupported("JPEG with " + ids.length + " components");
    };
  }

  /** In place; the factors 1.402, 0.71414, 0.34414 and 1.772 in 1/65536. */
  private static void yccToRgb(byte[] samples, int at) {
    int y = samples[at] & 0xFF;
    int cb = (samples[at + 1] & 0xFF) - 128;
    int cr = (samples[at + 2] & 0xFF) - 128;
    samples[at] = Samples.clamp(y + ((91881 * cr + 32768) >> 16));
    samples[at + 1] = Samples.clamp(y + ((-22554 * cb - 46802 * cr + 32768) >> 16));
    samples[at + 2] = Samples.clamp(y + ((116130 * cb + 32768) >> 16));
  }
}
