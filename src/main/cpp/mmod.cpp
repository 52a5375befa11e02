// The network of dlib's dnn_mmod_face_detection_ex.
#include "shim.h"
#include "walk.h"

#include <dlib/dnn.h>

#include <algorithm>

namespace facelake {

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
MmodDetector::State& MmodDetector::state() const { return *state_; }

int MmodDetector::detect(const Picture& picture, int upsample, double adjust) {
    const Enlarged enlarged(picture, upsample);
    const auto detections = state_->network.process(enlarged.pixels(), adjust);
    // The activations of a large photo are hundreds of megabytes; none outlives its photo.
    state_->network.clean();
    state_->found.clear();
    for (const auto& detection : detections)
        state_->found.add(reduced(detection.rect, upsample), detection.detection_confidence);
    return state_->found.count();
}

void MmodDetector::detections(int* boxes, float* scores) const {
    state_->found.write(boxes, scores);
}

Layers::Layers(MmodDetector& detector)
    : state_(new State{layers_of(detector.state().network.subnet())}) {}

// ---- Around the convolutions

namespace {

using mmod_body = mmod_network::subnet_type;

/// dlib's body with an output that was computed elsewhere: what dlib's loss layer asks of a network.
struct Computed {
    const mmod_body& body;
    const dlib::tensor& output;

    const dlib::tensor& get_output() const { return output; }
    static unsigned int sample_expansion_factor() { return 1; }
};

const mmod_body::input_layer_type& input_layer(const Computed& net) {
    return net.body.input_layer();
}

dlib::dpoint output_tensor_to_input_tensor(const Computed& net, dlib::dpoint p) {
    return dlib::output_tensor_to_input_tensor(net.body, p);
}

}  // namespace

struct MmodScan::State {
    mmod_network network;
    int upsample;
    dlib::resizable_tensor tiled;
    Found found;
};

MmodScan::MmodScan(const MmodDetector& detector)
    : state_(new State{detector.state().network, 0, {}, {}}) {}
MmodScan::~MmodScan() = default;

void MmodScan::tile(const Picture& picture, int upsample) {
    const Enlarged enlarged(picture, upsample);
    const Pixels* pixels = &enlarged.pixels();
    state_->network.subnet().input_layer().to_tensor(pixels, pixels + 1, state_->tiled);
    state_->upsample = upsample;
}

int MmodScan::tiled_width() const { return static_cast<int>(state_->tiled.nc()); }
int MmodScan::tiled_height() const { return static_cast<int>(state_->tiled.nr()); }

void MmodScan::rows(int first, int count, int width, float* out) const {
    const long height = state_->tiled.nr(), columns = state_->tiled.nc();
    const float* red = state_->tiled.host();
    const float* green = red + height * columns;
    const float* blue = green + height * columns;
    for (long row = first; row < first + count; ++row, out += 3L * width) {
        const long inside = row < height ? std::min<long>(columns, width) : 0;
        for (long i = 0; i < inside; ++i) {
            out[3 * i] = red[row * columns + i];
            out[3 * i + 1] = green[row * columns + i];
            out[3 * i + 2] = blue[row * columns + i];
        }
        std::fill(out + 3 * inside, out + 3L * width, 0.0f);
    }
}

int MmodScan::detect(const float* scores, int width, int height, double adjust) {
    dlib::resizable_tensor output(1, 1, height, width);
    std::copy(scores, scores + output.size(), output.host_write_only());
    std::vector<dlib::mmod_rect> detections;
    const Computed computed{state_->network.subnet(), output};
    state_->network.loss_details().to_label(state_->tiled, computed, &detections, adjust);
    state_->found.clear();
    for (const auto& detection : detections)
        state_->found.add(reduced(detection.rect, state_->upsample), detection.detection_confidence);
    return state_->found.count();
}

void MmodScan::detections(int* boxes, float* scores) const { state_->found.write(boxes, scores); }

}  // namespace facelake
