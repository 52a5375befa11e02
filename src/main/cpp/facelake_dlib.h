// The functions of dlib that facelake uses, in a form that JavaCPP can parse: plain arrays in, plain
// arrays out, models from bytes, errors as std::exception. dlib's templates stay behind this header.
//
// Shared rules: pictures and chips are 8-bit RGB, interleaved, rows from the top. Boxes are four
// ints: left, top, right, bottom, with right and bottom inside the box (dlib's rectangle). Landmarks
// are x, y pairs. An object belongs to one thread at a time; copies are independent.
#ifndef FACELAKE_DLIB_H_
#define FACELAKE_DLIB_H_

#include <memory>

namespace facelake {

/// Whether this processor has the instructions (AVX2, FMA) that the library was compiled for.
bool cpu_is_supported();

/// A picture that detectors, landmarks and chips share, copied once from `width * height * 3` bytes.
class Picture {
public:
    Picture(const unsigned char* rgb, int width, int height);
    ~Picture();

    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;

    struct State;
    const State& state() const;

private:
    std::unique_ptr<State> state_;
};

/// dlib's frontal face detector: five HOG filters over an image pyramid.
class HogDetector {
public:
    HogDetector();
    HogDetector(const HogDetector& other);
    HogDetector& operator=(const HogDetector&) = delete;
    ~HogDetector();

    /// Finds faces in the picture enlarged `upsample` times by two; `adjust` is added to dlib's
    /// threshold. Returns how many there are, best first.
    int detect(const Picture& picture, int upsample, double adjust);

    /// Writes the last detections: four ints and one score for each.
    void detections(int* boxes, float* scores) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// The same detector on code of our own: the same boxes, faster.
class FastHogDetector {
public:
    FastHogDetector();
    FastHogDetector(const FastHogDetector& other);
    FastHogDetector& operator=(const FastHogDetector&) = delete;
    ~FastHogDetector();

    /// As HogDetector's detect.
    int detect(const Picture& picture, int upsample, double adjust);

    /// As HogDetector's detections.
    void detections(int* boxes, float* scores) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// dlib's CNN face detector (max-margin object detection) on its own CPU code.
class MmodDetector {
public:
    MmodDetector(const unsigned char* model, long long size);
    MmodDetector(const MmodDetector& other);
    MmodDetector& operator=(const MmodDetector&) = delete;
    ~MmodDetector();

    /// As HogDetector's detect.
    int detect(const Picture& picture, int upsample, double adjust);

    /// As HogDetector's detections.
    void detections(int* boxes, float* scores) const;

    struct State;
    State& state() const;

private:
    std::unique_ptr<State> state_;
};

/// dlib's shape predictor: an ensemble of regression trees that places landmarks in a box.
class ShapePredictor {
public:
    ShapePredictor(const unsigned char* model, long long size);
    ~ShapePredictor();

    ShapePredictor(const ShapePredictor&) = delete;
    ShapePredictor& operator=(const ShapePredictor&) = delete;

    /// How many landmarks the model places.
    int parts() const;

    /// Writes 2 * parts() ints. Safe to call from several threads.
    void predict(const Picture& picture, const int* box, int* landmarks) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// Cuts the aligned square chip of a face with 5 or 68 landmarks: `size * size * 3` bytes.
void face_chip(const Picture& picture, const int* landmarks, int parts, int size, double padding,
               unsigned char* chip);

/// Cuts `count` randomly moved, scaled, turned and flipped copies of a chip, as dlib's jitter_image
/// does; the same seed gives the same copies.
void jitter_chip(const unsigned char* chip, int size, int count, long long seed,
                 unsigned char* chips);

/// Cuts `count` random squares of 0.47 to 0.875 of a chip's side, every second one mirrored, their
/// colours shifted a little, as dlib's ImageNet example does at test time: `crop_size` pixels a side.
void random_crops(const unsigned char* chip, int size, int count, long long seed, int crop_size,
                  unsigned char* crops);

/// A loaded dlib network that turns chips into numbers.
class Network {
public:
    /// Reads the weights of `architecture`: resnet-face, densenet-face (embedders), gender-cnn,
    /// gender-resnet34, imagenet-resnet34 (classifiers).
    Network(const char* architecture, const unsigned char* model, long long size);
    Network(const Network& other);
    Network& operator=(const Network&) = delete;
    ~Network();

    /// Pixels a side of the square chip that goes in.
    int input_size() const;

    /// Numbers that come out for each chip: embedding length, or classes.
    int outputs() const;

    /// Of an embedder, what it was trained for: pairs of one person nearer than this by the margin, others
    /// farther. 0 for a classifier.
    float distance_threshold() const;
    float margin() const;

    /// Runs `count` chips; writes count * outputs() numbers: embeddings, or probabilities. What a chip
    /// gives does not depend on the others.
    void forward(const unsigned char* chips, int count, float* out);

    struct State;
    State& state();

private:
    std::unique_ptr<State> state_;
};

/// The layers of a network in the order in which they run, as dlib has read them. dlib's tags and skips
/// are resolved: each layer names the layers whose output it reads.
class Layers {
public:
    explicit Layers(Network& network);
    explicit Layers(MmodDetector& detector);
    ~Layers();

    Layers(const Layers&) = delete;
    Layers& operator=(const Layers&) = delete;

    int count() const;

    /// input, con, fc, affine, relu, softmax, multiply, max_pool, avg_pool, add or concat.
    const char* kind(int layer) const;

    int inputs(int layer) const;
    int input(int layer, int index) const;

    /// filters, rows, columns, stride_y, stride_x, padding_y, padding_x, outputs, bias (0 or 1). A pool of
    /// 0 rows takes them all.
    int attribute(int layer, const char* name) const;

    /// input: average red, green and blue. con: filters x channels x rows x columns weights, then biases.
    /// fc: inputs x outputs weights, then biases. affine: factors, then summands. multiply: the factor.
    long long parameters(int layer) const;
    void copy_parameters(int layer, float* out) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// What dlib's CNN face detector does before and after its convolutions, for whoever runs those.
class MmodScan {
public:
    explicit MmodScan(const MmodDetector& detector);
    ~MmodScan();

    MmodScan(const MmodScan&) = delete;
    MmodScan& operator=(const MmodScan&) = delete;

    /// Enlarges the picture as HogDetector's detect does and tiles its pyramid into one image, which is
    /// empty where the picture is too small for one.
    void tile(const Picture& picture, int upsample);
    int tiled_width() const;
    int tiled_height() const;

    /// Writes `count` rows of the tiled image from row `first` on, `width` pixels each, interleaved:
    /// (value - average) / 256, zero where the image ends before.
    void rows(int first, int count, int width, float* out) const;

    /// Turns the scores of the last layer, height x width, into faces of the picture: boxes by way of the
    /// pyramid, non-max suppression. Returns how many there are, best first.
    int detect(const float* scores, int width, int height, double adjust);

    /// As HogDetector's detections.
    void detections(int* boxes, float* scores) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// dlib's Chinese whispers on an undirected, unweighted graph, every node joined with itself as in
/// dlib's face clustering example. Writes a label from 0 for each node; returns how many labels.
int chinese_whispers(int nodes, const int* edges, long long edge_count, long long seed,
                     int* labels);

/// Finds which of rows x columns products are not below the sum of their row's and their column's limit,
/// those that are no numbers among them: writes row * columns + column of each, in this order, to
/// `places`, which has room for all. `columns` is a multiple of 8. Returns how many there are.
int not_below(const float* products, int rows, int columns, const float* row_limits,
              const float* column_limits, int* places);

/// Lets OpenBLAS, OpenMP and dlib use one thread for each call, unless the environment says otherwise
/// (OMP_NUM_THREADS, DLIB_NUM_THREADS). For OpenMP it must be called before its library is loaded.
void use_one_thread_a_call();

}  // namespace facelake

#endif  // FACELAKE_DLIB_H_
