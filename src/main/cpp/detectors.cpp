#include "shim.h"

#include <dlib/dnn.h>
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
    if (times > 0) dlib::pyramid_up(original_, enlarged_, pyramid_);
    for (int i = 1; i < times; ++i) dlib::pyramid_up(enlarged_, pyramid_);
}

dlib::rectangle Enlarged::back(const dlib::rectangle& box) const {
    return times_ == 0 ? box : dlib::rectangle(pyramid_.rect_down(box, times_));
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
        state_->found.add(enlarged.back(detection.rect), detection.detection_confidence);
    return state_->found.count();
}

void HogDetector::detections(int* boxes, float* scores) const {
    state_->found.write(boxes, scores);
}

// ---- MMOD, the network of dlib's dnn_mmod_face_detection_ex

namespace {

template <long filters, typename Below>
using halving = dlib::relu<dlib::affine<dlib::con<filters, 5, 5, 2, 2, Below>>>;
template <long filters, typename Below>
using keeping = dlib::relu<dlib::affine<dlib::con<filters, 5, 5, 1, 1, Below>>>;

using mmod_network = dlib::loss_mmod<dlib::con<1, 9, 9, 1, 1,
    keeping<45, keeping<45, keeping<45,
    halving<32, halving<32, halving<16,
    dlib::input_rgb_image_pyramid<dlib::pyramid_down<6>>>>>>>>>>;

}  // namespace

struct MmodDetector::State {
    mmod_network network;
    Found found;
};

MmodDetector::MmodDetector(const unsigned char* model, long long size) : state_(new State) {
    read_model(state_->network, model, size);
}
MmodDetector::MmodDetector(const MmodDetector& other)
    : state_(new State{other.state_->network, {}}) {}
MmodDetector::~MmodDetector() = default;

int MmodDetector::detect(const Picture& picture, int upsample, double adjust) {
    const Enlarged enlarged(picture, upsample);
    const auto detections = state_->network.process(enlarged.pixels(), adjust);
    // The activations of a large photo are hundreds of megabytes; none outlives its photo.
    state_->network.clean();
    state_->found.clear();
    for (const auto& detection : detections)
        state_->found.add(enlarged.back(detection.rect), detection.detection_confidence);
    return state_->found.count();
}

void MmodDetector::detections(int* boxes, float* scores) const {
    state_->found.write(boxes, scores);
}

}  // namespace facelake
