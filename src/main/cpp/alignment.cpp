#include "shim.h"

#include <dlib/image_processing/shape_predictor.h>
#include <dlib/rand.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace facelake {

struct ShapePredictor::State {
    dlib::shape_predictor predictor;
};

namespace {

using Forests = std::vector<std::vector<dlib::impl::regression_tree>>;
using Anchors = std::vector<std::vector<unsigned long>>;
using Deltas = std::vector<std::vector<dlib::vector<float, 2>>>;
using Numbers = dlib::matrix<float, 0, 1>;

Numbers dlib::shape_predictor::*shape_member();
Forests dlib::shape_predictor::*forests_member();
Anchors dlib::shape_predictor::*anchors_member();
Deltas dlib::shape_predictor::*deltas_member();

/// dlib shows nothing of a predictor; what is named in an explicit instantiation may be private.
template <auto shape, auto forests, auto anchors, auto deltas>
struct Members {
    friend Numbers dlib::shape_predictor::*shape_member() { return shape; }
    friend Forests dlib::shape_predictor::*forests_member() { return forests; }
    friend Anchors dlib::shape_predictor::*anchors_member() { return anchors; }
    friend Deltas dlib::shape_predictor::*deltas_member() { return deltas; }
};
template struct Members<&dlib::shape_predictor::initial_shape, &dlib::shape_predictor::forests,
                        &dlib::shape_predictor::anchor_idx, &dlib::shape_predictor::deltas>;

/// Whether every path through the tree ends at a leaf and looks at features that there are.
bool is_sound(const dlib::impl::regression_tree& tree, size_t features, long numbers) {
    const size_t leaves = tree.leaf_values.size();
    return leaves > 0 && (leaves & (leaves - 1)) == 0 && tree.splits.size() == leaves - 1 &&
           std::all_of(tree.splits.begin(), tree.splits.end(),
                       [&](const auto& split) { return split.idx1 < features && split.idx2 < features; }) &&
           std::all_of(tree.leaf_values.begin(), tree.leaf_values.end(),
                       [&](const auto& leaf) { return leaf.size() == numbers; });
}

/// dlib looks at none of this, and would read and write beyond its memory.
bool is_sound(const dlib::shape_predictor& predictor) {
    const auto& forests = predictor.*forests_member();
    const auto& anchors = predictor.*anchors_member();
    const auto& deltas = predictor.*deltas_member();
    const long numbers = (predictor.*shape_member()).size();
    bool sound = numbers % 2 == 0 && anchors.size() == forests.size() && deltas.size() == forests.size();
    for (size_t i = 0; sound && i < forests.size(); ++i) {
        sound = anchors[i].size() == deltas[i].size() &&
                std::all_of(anchors[i].begin(), anchors[i].end(),
                            [&](unsigned long part) { return part < predictor.num_parts(); }) &&
                std::all_of(forests[i].begin(), forests[i].end(), [&](const auto& tree) {
                    return is_sound(tree, deltas[i].size(), numbers);
                });
    }
    return sound;
}

}  // namespace

ShapePredictor::ShapePredictor(const unsigned char* model, long long size) : state_(new State) {
    read_model(state_->predictor, model, size);
    if (!is_sound(state_->predictor)) throw std::runtime_error("its trees contradict each other");
    if (parts() != 5 && parts() != 68)
        throw std::runtime_error("it places " + std::to_string(parts()) +
                                 " landmarks; faces need 5 or 68");
}
ShapePredictor::~ShapePredictor() = default;

int ShapePredictor::parts() const { return static_cast<int>(state_->predictor.num_parts()); }

void ShapePredictor::predict(const Picture& picture, const int* box, int* landmarks) const {
    const dlib::rectangle rectangle(box[0], box[1], box[2], box[3]);
    const auto shape = state_->predictor(picture.state().pixels, rectangle);
    for (unsigned long i = 0; i < shape.num_parts(); ++i) {
        landmarks[2 * i] = static_cast<int>(shape.part(i).x());
        landmarks[2 * i + 1] = static_cast<int>(shape.part(i).y());
    }
}

namespace {

void write_chip(const Pixels& chip, unsigned char* out) {
    std::memcpy(out, &chip(0, 0), static_cast<size_t>(chip.size()) * 3);
}

}  // namespace

void face_chip(const Picture& picture, const int* landmarks, int parts, int size, double padding,
               unsigned char* chip) {
    if (parts != 5 && parts != 68)
        throw std::invalid_argument("a chip needs 5 or 68 landmarks, not " + std::to_string(parts));
    if (size < 1 || padding < 0)
        throw std::invalid_argument("a chip needs a size of 1 or more and a padding of 0 or more");
    std::vector<dlib::point> points;
    for (int i = 0; i < parts; ++i) points.emplace_back(landmarks[2 * i], landmarks[2 * i + 1]);
    const dlib::full_object_detection face(dlib::rectangle(), points);
    Pixels pixels;
    dlib::extract_image_chip(picture.state().pixels,
                             dlib::get_face_chip_details(face, size, padding), pixels);
    write_chip(pixels, chip);
}

void jitter_chip(const unsigned char* chip, int size, int count, long long seed,
                 unsigned char* chips) {
    // Below 8 pixels nothing is left of the chip once dlib has shrunk its box by 3 on every side.
    if (size < 8) throw std::invalid_argument("a chip to jitter needs 8 pixels a side or more");
    const Pixels pixels = pixels_of(chip, size, size);
    dlib::rand random;
    random.set_seed(std::to_string(seed));
    for (int i = 0; i < count; ++i)
        write_chip(dlib::jitter_image(pixels, random), chips + static_cast<size_t>(i) * size * size * 3);
}

void random_crops(const unsigned char* chip, int size, int count, long long seed, int crop_size,
                  unsigned char* crops) {
    if (size < 8 || crop_size < 1)
        throw std::invalid_argument("random crops need a chip of 8 pixels a side or more");
    const double smallest = 7.0 / 15, largest = 0.875;
    const Pixels pixels = pixels_of(chip, size, size);
    dlib::rand random;
    random.set_seed(std::to_string(seed));
    Pixels crop;
    for (int i = 0; i < count; ++i) {
        const long side = std::lround(random.get_double_in_range(smallest, largest) * size);
        const long left = random.get_integer(size - side + 1);
        const long top = random.get_integer(size - side + 1);
        const dlib::rectangle window(left, top, left + side - 1, top + side - 1);
        dlib::extract_image_chip(
            pixels, dlib::chip_details(window, dlib::chip_dims(crop_size, crop_size)), crop);
        if (random.get_random_double() > 0.5) dlib::flip_image_left_right(crop);
        dlib::apply_random_color_offset(crop, random);
        write_chip(crop, crops + static_cast<size_t>(i) * crop_size * crop_size * 3);
    }
}

}  // namespace facelake
