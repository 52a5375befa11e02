#include "fhog.h"

#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace facelake::fhog {

namespace {

typedef float Floats __attribute__((vector_size(32)));
typedef float Quad __attribute__((vector_size(16)));
typedef std::int32_t Ints __attribute__((vector_size(32)));

template <typename Vector, typename Element>
Vector load(const Element* from) {
    Vector vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}

template <typename Vector, typename Element>
void store(Element* to, Vector vector) {
    std::memcpy(to, &vector, sizeof vector);
}

Floats smaller_of(Floats a, Floats b) { return a < b ? a : b; }

Floats magnitude(Floats a) { return reinterpret_cast<Floats>(reinterpret_cast<Ints>(a) & 0x7fffffff); }

Floats square_root(Floats a) { return _mm256_sqrt_ps(a); }

/// Up to the next multiple of the vector's length, and one vector more for reads beyond the end.
int padded(int length) { return (length + kLanes - 1) / kLanes * kLanes + kLanes; }

}  // namespace

// ---- The pyramid

namespace {

/// sum + factor * values, rounded once: what g++ 12 with -O3 -march=x86-64-v3 makes of dlib's source.
/// FastHogIT tells if a compiler makes something else of it.
Quad plus_product(Quad sum, float factor, Quad values) {
    return _mm_fmadd_ps(_mm_set1_ps(factor), values, sum);
}

/// Each number's lowest byte.
std::int32_t lowest_bytes(__m128i numbers) {
    const __m128i lowest = _mm_set_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 12, 8, 4, 0);
    return _mm_cvtsi128_si32(_mm_shuffle_epi8(numbers, lowest));
}

/// A row's pixels as four floats each, red, green, blue and nothing.
void widen(const std::uint8_t* rgb, int columns, float* out) {
    for (int c = 0; c < columns; ++c) {
        out[4 * c] = rgb[3 * c];
        out[4 * c + 1] = rgb[3 * c + 1];
        out[4 * c + 2] = rgb[3 * c + 2];
    }
}

}  // namespace

// Bilinear, with dlib's order of sums and its cutting off of fractions: its vectors take four columns at
// a time and step by adding floats; what is left of a row is computed in doubles.
Image Smaller::of(const Image& image) {
    const int rows = 5 * image.rows / 6, columns = 5 * image.columns / 6;
    previous_.swap(pixels_);
    pixels_.resize(static_cast<std::size_t>(rows) * columns * 3 + 1);
    upper_.resize(static_cast<std::size_t>(image.columns) * 4);
    lower_.resize(upper_.size());
    const double x_scale = (image.columns - 1) / static_cast<double>(std::max(columns - 1, 1));
    const double y_scale = (image.rows - 1) / static_cast<double>(std::max(rows - 1, 1));

    lefts_.clear();
    fractions_.clear();
    Quad x;
    for (int i = 0; i < 4; ++i) x[i] = static_cast<float>(-4 * x_scale + i * x_scale);
    for (const float step = static_cast<float>(4 * x_scale);;) {
        x += step;
        if (static_cast<int>(x[3]) + 1 >= image.columns) break;
        for (int i = 0; i < 4; ++i) {
            lefts_.push_back(static_cast<int>(x[i]));
            fractions_.push_back(x[i] - lefts_.back());
        }
    }
    const int in_vectors = std::min(static_cast<int>(lefts_.size()), columns);

    double y = -y_scale;
    int top_row = -1;
    for (int r = 0; r < rows; ++r) {
        y += y_scale;
        const int top = static_cast<int>(std::floor(y));
        const int bottom = std::min(top + 1, image.rows - 1);
        if (top == top_row + 1 && r > 0) {
            upper_.swap(lower_);
        } else if (top != top_row) {
            widen(image.row(top), image.columns, upper_.data());
        }
        widen(image.row(bottom), image.columns, lower_.data());
        top_row = top;
        const double down = y - top;
        const float below = static_cast<float>(down), above = static_cast<float>(1 - down);
        std::uint8_t* out = pixels_.data() + static_cast<std::size_t>(r) * columns * 3;
        int c = 0;
        for (; c < in_vectors; ++c) {
            const float right = fractions_[c], left = 1 - right;
            const float *up = &upper_[4 * lefts_[c]], *low = &lower_[4 * lefts_[c]];
            Quad sum = above * left * load<Quad>(up);
            sum = plus_product(sum, above * right, load<Quad>(up + 4));
            sum = plus_product(sum, below * left, load<Quad>(low));
            sum = plus_product(sum, below * right, load<Quad>(low + 4));
            // The fourth byte is the next pixel's, which comes later.
            store(out + 3 * c, lowest_bytes(_mm_cvttps_epi32(sum)));
        }
        double across = -x_scale + c * x_scale;
        for (; c < columns; ++c) {
            across += x_scale;
            const int left = static_cast<int>(std::floor(across));
            const int right = std::min(left + 1, image.columns - 1);
            const double part = across - left;
            for (int i = 0; i < 3; ++i)
                out[3 * c + i] = static_cast<std::uint8_t>(
                    (1 - down) * ((1 - part) * upper_[4 * left + i] + part * upper_[4 * right + i]) +
                    down * ((1 - part) * lower_[4 * left + i] + part * lower_[4 * right + i]));
        }
    }
    return {pixels_.data(), rows, columns};
}

// ---- The features

namespace {

constexpr int kDirections = 18;
constexpr float kDirectionX[] = {1.0000, 0.9397, 0.7660, 0.500, 0.1736, -0.1736, -0.5000, -0.7660, -0.9397};
constexpr float kDirectionY[] = {0.0000, 0.3420, 0.6428, 0.8660, 0.9848, 0.9848, 0.8660, 0.6428, 0.3420};

/// What of the vote of a pixel, `at` pixels from the image's rim, goes to the later of two cells whose
/// middles it lies between.
float share_of_next(int at) { return ((at + kCell / 2) % kCell + 0.5f) / kCell; }

/// A row's colours, one after the other.
void separate(const std::uint8_t* rgb, int columns, int stride, float* out) {
    for (int c = 0; c < columns; ++c) {
        out[c] = rgb[3 * c];
        out[stride + c] = rgb[3 * c + 1];
        out[2 * stride + c] = rgb[3 * c + 2];
    }
}

}  // namespace

void Features::compute(const Image& image) {
    cell_rows_ = (image.rows + kCell / 2) / kCell;
    cell_columns_ = (image.columns + kCell / 2) / kCell;
    rows_ = std::max(cell_rows_ - 2, 0);
    columns_ = std::max(cell_columns_ - 2, 0);
    if (rows_ == 0 || columns_ == 0) {
        rows_ = columns_ = 0;
        return;
    }
    histograms(image);
    normalise();
}

// Every pixel votes for its direction in the four cells around it. Between the middles of four cells the
// votes of a direction are summed as one vector of four, a strip of pixels eight wide at a time.
void Features::histograms(const Image& image) {
    cell_stride_ = padded(cell_columns_ + 2);
    histogram_.assign(static_cast<std::size_t>(kDirections) * (cell_rows_ + 2) * cell_stride_, 0);
    const int width = padded(image.columns), strips = cell_columns_ + 1;
    lines_.assign(static_cast<std::size_t>(3) * 3 * width, 0);
    strengths_.resize(width);
    places_.resize(width);
    strips_.assign(static_cast<std::size_t>(kDirections) * strips * 4, 0);
    const auto separated = [&](int y) {
        separate(image.row(y), image.columns, width, &lines_[static_cast<std::size_t>(y % 3) * 3 * width]);
    };

    // The rims vote for nothing; neither do pixels beyond the last whole cell.
    const int last_row = std::min(cell_rows_ * kCell, image.rows) - 1;
    const int last_column = std::min(cell_columns_ * kCell, image.columns) - 1;
    separated(0);
    separated(1);
    for (int y = 1; y < last_row; ++y) {
        separated(y + 1);
        votes(y, last_column, width, strips * 4);
        sum_votes(y, last_column, strips);
        const int behind = (y + kCell / 2) % kCell;
        if (behind == kCell - 1 || y == last_row - 1) share_sums((y + kCell / 2) / kCell, strips);
    }
}

/// The strongest gradient among the three colours of each pixel of a row: its length, and where the sums
/// of the nearest of 18 directions begin.
void Features::votes(int y, int last_column, int width, int sums) {
    const float* above = &lines_[static_cast<std::size_t>((y - 1) % 3) * 3 * width];
    const float* here = &lines_[static_cast<std::size_t>(y % 3) * 3 * width];
    const float* below = &lines_[static_cast<std::size_t>((y + 1) % 3) * 3 * width];
    for (int x = 1; x < last_column; x += kLanes) {
        // Of equal gradients dlib's vectors take the last colour, its loop over the rest of a row the first.
        const bool in_rest = x > last_column - kLanes;
        Floats across{}, down{}, square{};
        for (int colour = 0; colour < 3; ++colour) {
            const int at = colour * width + x;
            const Floats gx = load<Floats>(here + at + 1) - load<Floats>(here + at - 1);
            const Floats gy = load<Floats>(below + at) - load<Floats>(above + at);
            const Floats length = gx * gx + gy * gy;
            const Ints weaker = in_rest ? square >= length : square > length;
            across = weaker ? across : gx;
            down = weaker ? down : gy;
            square = weaker ? square : length;
        }
        Floats best{}, longest{};
        Ints direction{};
        for (int d = 0; d < kDirections / 2; ++d) {
            const Floats dot = across * kDirectionX[d] + down * kDirectionY[d];
            const Floats size = magnitude(dot);
            const Ints better = size > longest;
            longest = better ? size : longest;
            best = better ? dot : best;
            direction = better ? Ints{} + d : direction;
        }
        store(&strengths_[x], square_root(square));
        store(&places_[x], (best < 0 ? direction + kDirections / 2 : direction) * sums);
    }
}

/// Adds a row's votes to the sums of its strips. Neighbours vote for the same direction, and each addition
/// would wait for the one before: so the strips take turns.
void Features::sum_votes(int y, int last_column, int strips) {
    const float down = share_of_next(y), up = 1 - down;
    const float* strengths = strengths_.data();
    const std::int32_t* places = places_.data();
    float* sums = strips_.data();
    for (int i = 0; i < kCell; ++i) {
        const float right = share_of_next(i - kCell / 2 + kCell), left = 1 - right;
        const Quad weights{up * left, up * right, down * left, down * right};
        const int first = i <= kCell / 2 ? 1 : 0;
        int x = first * kCell + i - kCell / 2;
        for (int strip = first; x < last_column; ++strip, x += kCell) {
            float* sum = sums + places[x] + 4 * strip;
            store(sum, load<Quad>(sum) + weights * strengths[x]);
        }
    }
}

/// Gives the sums of eight rows to the cells above and below, left and right, and begins anew.
void Features::share_sums(int row, int strips) {
    for (int direction = 0; direction < kDirections; ++direction) {
        float *upper = cells(direction, row), *lower = cells(direction, row + 1);
        float* sums = &strips_[static_cast<std::size_t>(direction) * strips * 4];
        float upper_right = 0, lower_right = 0;
        for (int strip = 0; strip < strips; ++strip, sums += 4) {
            upper[strip] += sums[0] + upper_right;
            lower[strip] += sums[2] + lower_right;
            upper_right = sums[1];
            lower_right = sums[3];
            store(sums, Quad{});
        }
        upper[strips] += upper_right;
        lower[strips] += lower_right;
    }
}

// Each cell's histogram is divided by the energy of the four blocks of 2 x 2 cells that it is in, cut off
// at 0.2, and the four answers are summed.
void Features::normalise() {
    energy_.assign(static_cast<std::size_t>(cell_rows_) * cell_stride_, 0);
    for (int r = 0; r < cell_rows_; ++r) {
        float* energy = &energy_[static_cast<std::size_t>(r) * cell_stride_];
        for (int direction = 0; direction < kDirections / 2; ++direction) {
            const float* one = cells(direction, r + 1) + 1;
            const float* opposite = cells(direction + kDirections / 2, r + 1) + 1;
            for (int c = 0; c < cell_columns_; ++c)
                energy[c] += (one[c] + opposite[c]) * (one[c] + opposite[c]);
        }
    }

    constexpr int border = (kTaps - 1) / 2;
    padded_rows_ = rows_ + kTaps - 1;
    stride_ = padded(columns_ + kTaps - 1);
    planes_.assign(static_cast<std::size_t>(kPlanes) * padded_rows_ * stride_ + kLanes, 0);
    const auto plane = [&](int p, int r) {
        return planes_.data() + (static_cast<std::size_t>(p) * padded_rows_ + r + border) * stride_ + border;
    };
    for (int r = 0; r < rows_; ++r) {
        for (int c = 0; c < columns_; c += kLanes) {
            Floats most[4], factor[4], energies[4] = {};
            for (int block = 0; block < 4; ++block) {
                // dlib's order: below and right, above and right, below and left, above and left
                const int y = r + 1 - block % 2, x = c + 1 - block / 2;
                const float* corner = &energy_[static_cast<std::size_t>(y) * cell_stride_ + x];
                const Floats sum = load<Floats>(corner + cell_stride_ + 1) + load<Floats>(corner + 1) +
                                   load<Floats>(corner + cell_stride_) + load<Floats>(corner);
                most[block] = 0.2f * square_root(sum + 0.0001f);
                factor[block] = 0.1f / most[block];
            }
            // Columns behind the last belong to the border of zeros.
            Ints inside;
            for (int i = 0; i < kLanes; ++i) inside[i] = c + i < columns_ ? -1 : 0;
            const auto put = [&](int p, Floats value) { store(plane(p, r) + c, inside ? value : Floats{}); };
            for (int direction = 0; direction < kDirections; ++direction) {
                const Floats votes = load<Floats>(cells(direction, r + 2) + 2 + c);
                Floats sum{};
                for (int block = 0; block < 4; ++block) {
                    const Floats part = smaller_of(votes, most[block]) * factor[block];
                    sum += part;
                    energies[block] += part;
                }
                put(direction, sum);
            }
            for (int direction = 0; direction < kDirections / 2; ++direction) {
                const Floats votes = load<Floats>(cells(direction, r + 2) + 2 + c) +
                                     load<Floats>(cells(direction + kDirections / 2, r + 2) + 2 + c);
                Floats sum{};
                for (int block = 0; block < 4; ++block) sum += smaller_of(votes, most[block]) * factor[block];
                put(kDirections + direction, sum);
            }
            for (int block = 0; block < 4; ++block)
                put(kDirections * 3 / 2 + block, energies[block] * (2 * 0.2357f));
        }
    }
}

// ---- The filters

namespace {

constexpr int kTileRows = 32;     // places of a tile: what it touches stays in the first cache
constexpr int kTogether = 4;      // rows that share what they read

/// A filter's row over kLanes columns of `rows` rows.
void along_rows(const Features& features, int plane, int r, int c, int rows, const Separable& filter,
                Floats* out) {
    for (int i = 0; i < rows; ++i) {
        const float* from = features.row(plane, r + i) + c;
        Floats even = filter.row[0] * load<Floats>(from), odd = filter.row[1] * load<Floats>(from + 1);
#pragma GCC unroll 8
        for (int n = 2; n < kTaps; n += 2) {
            even += filter.row[n] * load<Floats>(from + n);
            odd += filter.row[n + 1] * load<Floats>(from + n + 1);
        }
        out[i] = even + odd;
    }
}

/// A filter's column over what its row gave, added to the responses of its detector.
void along_columns(const Floats* in, const Separable& filter, int rows, Floats* out) {
    for (int r = 0; r < rows; r += kTogether) {
        Floats sums[kTogether];
#pragma GCC unroll 8
        for (int i = 0; i < kTogether; ++i) sums[i] = out[r + i];
#pragma GCC unroll 16
        for (int n = 0; n < kTaps + kTogether - 1; ++n) {
            const Floats value = in[r + n];
#pragma GCC unroll 8
            for (int i = 0; i < kTogether; ++i)
                if (n - i >= 0 && n - i < kTaps) sums[i] += filter.column[n - i] * value;
        }
#pragma GCC unroll 8
        for (int i = 0; i < kTogether; ++i) out[r + i] = sums[i];
    }
}

}  // namespace

void Responses::compute(const Features& features, const FilterBank& filters, int detectors) {
    rows_ = features.rows();
    stride_ = padded(features.columns());
    values_.resize(static_cast<std::size_t>(detectors) * rows_ * stride_);
    // Of rows beyond the last, up to the next whole group, sums are made and left.
    Floats between[kTileRows + kTaps - 1 + kTogether] = {};
    std::vector<std::array<Floats, kTileRows>> sums(detectors);
    for (int r = 0; r < rows_; r += kTileRows) {
        const int rows = std::min(kTileRows, rows_ - r);
        for (int c = 0; c < features.columns(); c += kLanes) {
            for (auto& sum : sums) sum.fill(Floats{});
            for (int plane = 0; plane < kPlanes; ++plane) {
                for (const Separable& filter : filters[plane]) {
                    along_rows(features, plane, r, c, rows + kTaps - 1, filter, between);
                    along_columns(between, filter, rows, sums[filter.detector].data());
                }
            }
            for (int detector = 0; detector < detectors; ++detector)
                for (int i = 0; i < rows; ++i)
                    store(&values_[(static_cast<std::size_t>(detector) * rows_ + r + i) * stride_ + c],
                          sums[detector][i]);
        }
    }
}

}  // namespace facelake::fhog
