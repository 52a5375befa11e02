#include "facelake_dlib.h"

#include <immintrin.h>

namespace facelake {

int not_below(const float* products, int rows, int columns, const float* row_limits,
              const float* column_limits, int* places) {
    int found = 0;
    for (int row = 0; row < rows; ++row) {
        const float* line = products + static_cast<long>(row) * columns;
        const __m256 limit = _mm256_set1_ps(row_limits[row]);
        for (int column = 0; column < columns; column += 8) {
            const __m256 limits = _mm256_add_ps(limit, _mm256_loadu_ps(column_limits + column));
            const __m256 below = _mm256_cmp_ps(_mm256_loadu_ps(line + column), limits, _CMP_LT_OQ);
            for (unsigned hits = ~_mm256_movemask_ps(below) & 0xff; hits != 0; hits &= hits - 1)
                places[found++] = row * columns + column + __builtin_ctz(hits);
        }
    }
    return found;
}

}  // namespace facelake
