#!/usr/bin/env bash
# Makes the WebP files here from a formula that the tests know. Needs cwebp and webpmux (Debian: webp).
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# picture SHIFT: 24 x 16 pixels of red 10 x + SHIFT, green 15 y, blue 10 x xor 15 y
picture() {
  python3 -c '
import sys
shift = int(sys.argv[1])
rows = [(10 * x + shift, 15 * y, 10 * x ^ 15 * y) for y in range(16) for x in range(24)]
sys.stdout.buffer.write(b"P6\n24 16\n255\n" + bytes(v for row in rows for v in row))' "$1"
}

picture 0 > "$work/first.ppm"
picture 20 > "$work/second.ppm"
cwebp -quiet -lossless "$work/first.ppm" -o lossless.webp
cwebp -quiet -lossless "$work/second.ppm" -o "$work/second.webp"
cwebp -quiet -q 90 "$work/first.ppm" -o lossy.webp
webpmux -frame lossless.webp +100 -frame "$work/second.webp" +100 -o animated.webp

# EXIF with orientation 6 and nothing else
printf 'II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0' > "$work/exif"
webpmux -set exif "$work/exif" lossless.webp -o orientation6.webp
