// The parts of dlib's HOG face detector in which its time goes, laid out for vectors of eight floats:
// the pyramid, the features, the filters. Pixels and directions are exactly dlib's; sums are taken in
// another order, so that scores differ by some 1e-6. A level of the pyramid is done when the next begins,
// so that the memory is that of one level. The features are those of dlib's image_transforms/fhog.h,
// which comes from Girshick, Felzenszwalb and Ramanan's code (see NOTICE).
#ifndef FACELAKE_FHOG_H_
#define FACELAKE_FHOG_H_

#include <array>
#include <cstdint>
#include <vector>

namespace facelake::fhog {

constexpr int kCell = 8;      // pixels a side of a cell
constexpr int kPlanes = 31;   // features of a cell: 18 signed directions, 9 unsigned, 4 energies
constexpr int kTaps = 10;     // cells a side of a filter: a face of 80 pixels
constexpr int kLanes = 8;     // floats of a vector

/// A picture's rows of interleaved RGB, somebody else's.
struct Image {
    const std::uint8_t* rgb;
    int rows;
    int columns;

    const std::uint8_t* row(int r) const { return rgb + static_cast<std::size_t>(r) * columns * 3; }
};

/// The next level of the pyramid: five sixths of the size, as dlib's pyramid_down<6> makes it.
class Smaller {
public:
    Image of(const Image& image);

private:
    std::vector<std::uint8_t> pixels_, previous_;
    std::vector<float> upper_, lower_, fractions_;
    std::vector<int> lefts_;
};

/// The features of one level, as Felzenszwalb et al. (2010) define and dlib computes them, with the
/// border of zeros that lets a filter stand half outside.
class Features {
public:
    void compute(const Image& image);

    /// Where a filter's first corner can stand; 0 when the image is too small for features.
    int rows() const { return rows_; }
    int columns() const { return columns_; }

    /// A plane's row, from 0 to rows() + kTaps - 2; what lies behind its end is memory, not meaning.
    const float* row(int plane, int r) const {
        return planes_.data() + (static_cast<std::size_t>(plane) * padded_rows_ + r) * stride_;
    }

private:
    void histograms(const Image& image);
    void votes(int y, int last_column, int width, int sums);
    void sum_votes(int y, int last_column, int strips);
    void share_sums(int row, int strips);
    void normalise();

    float* cells(int direction, int r) {
        return histogram_.data() + (static_cast<std::size_t>(direction) * (cell_rows_ + 2) + r) * cell_stride_;
    }

    int cell_rows_ = 0, cell_columns_ = 0, cell_stride_ = 0;
    int rows_ = 0, columns_ = 0, padded_rows_ = 0, stride_ = 0;
    std::vector<float> histogram_, energy_, planes_, lines_, strips_, strengths_;
    std::vector<std::int32_t> places_;
};

/// One rank of one plane's filter: the outer product of a column and a row.
struct Separable {
    int detector;
    std::array<float, kTaps> row, column;
};

/// All filters of all detectors, by the plane that they read.
using FilterBank = std::array<std::vector<Separable>, kPlanes>;

/// The answers of several detectors at every place of a level.
class Responses {
public:
    void compute(const Features& features, const FilterBank& filters, int detectors);

    float at(int detector, int r, int c) const {
        return values_[(static_cast<std::size_t>(detector) * rows_ + r) * stride_ + c];
    }

private:
    int rows_ = 0, stride_ = 0;
    std::vector<float> values_;
};

}  // namespace facelake::fhog

#endif  // FACELAKE_FHOG_H_
