#include "shim.h"

#include <dlib/image_processing/frontal_face_detector.h>

#include <cstring>

namespace facelake {

static_assert(sizeof(dlib::rgb_pixel) == 3, "pictures are copied as they are");

Pixels pixels_of(const unsigned char* rgb, int width, int height) {
    if (width < 1 || height < 1)
        throw std::invalid_argument("a picture of " + std::to_string(width) + " x " +
                                    std::to_string(height) + " has no pixels");
    Pixels pixels(height, width);
    std::memcpy(&pixels(0, 0), rgb, static_cast<size_t>(width) * height * 3);
    return pixels;
}

Picture::Picture(const unsigned char* rgb, int width, int height)
    : state_(new State{pixels_of(rgb, width, height)}) {}
Picture::~Picture() = default;
const Picture::State& Picture::state() const { return *state_; }

Enlarged::Enlarged(const Picture& picture, int times)
    : original_(picture.state().pixels), times_(times) {
    if (times < 0) throw std::invalid_argument("upsample must be 0 or more");
    const dlib::pyramid_down<2> pyramid;
    if (times > 0) dlib::pyramid_up(original_, enlarged_, pyramid);
    for (int i = 1; i < times; ++i) dlib::pyramid_up(enlarged_, pyramid);
}

dlib::rectangle reduced(const dlib::rectangle& box, int times) {
    if (times == 0) return box;
    return dlib::rectangle(dlib::pyramid_down<2>().rect_down(box, times));
}

void Found::clear() {
    boxes.clear();
    scores.clear();
}

void Found::add(const dlib::rectangle& box, double score) {
    boxes.push_back(box);
    scores.push_back(static_cast<float>(score));
}

void Found::write(int* boxes_out, float* scores_out) const {
    for (size_t i = 0; i < boxes.size(); ++i) {
        boxes_out[4 * i] = static_cast<int>(boxes[i].left());
        boxes_out[4 * i + 1] = static_cast<int>(boxes[i].top());
        boxes_out[4 * i + 2] = static_cast<int>(boxes[i].right());
        boxes_out[4 * i + 3] = static_cast<int>(boxes[i].bottom());
        scores_out[i] = scores[i];
    }
}

// ---- HOG

struct HogDetector::State {
    dlib::frontal_face_detector detector;
    Found found;
};

HogDetector::HogDetector() : state_(new State{dlib::get_frontal_face_detector(), {}}) {}
HogDetector::HogDetector(const HogDetector& other)
    : state_(new State{other.state_->detector, {}}) {}
HogDetector::~HogDetector() = default;

int HogDetector::detect(const Picture& picture, int upsample, double adjust) {
    const Enlarged enlarged(picture, upsample);
    std::vector<dlib::rect_detection> detections;
    state_->detector(enlarged.pixels(), detections, adjust);
    state_->found.clear();
    for (const auto& detection : detections)
        state_->found.add(reduced(detection.rect, upsample), detection.detection_confidence);
    return state_->found.count();
}

void HogDetector::detections(int* boxes, float* scores) const {
    state_->found.write(boxes, scores);
}

}  // namespace facelake
