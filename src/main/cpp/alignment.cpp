#include "shim.h"

#include <dlib/image_processing/shape_predictor.h>
#include <dlib/rand.h>

#include <cmath>
#include <cstring>

namespace facelake {

struct ShapePredictor::State {
    dlib::shape_predictor predictor;
};

ShapePredictor::ShapePredictor(const unsigned char* model, long long size) : state_(new State) {
    read_model(state_->predictor, model, size);
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
