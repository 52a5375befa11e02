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

namespace {

/// Pixels between the levels of a pyramid: dlib's default is 10.
constexpr unsigned long kMostPadding = 1000;

}  // namespace

MmodDetector::MmodDetector(const unsigned char* model, long long size) : state_(new State) {
    read_model(state_->network, model, size);
    const auto& input = dlib::input_layer(state_->network);
    if (std::max(input.get_pyramid_padding(), input.get_pyramid_outer_padding()) > kMostPadding)
        throw std::runtime_error("the levels of its pyramid are too far from each other");
}
MmodDetector::MmodDetector(const MmodDetector& other)
    : state_(new State{other.state_->network, {}}) {}
MmodDetector::~MmodDetector() = default;
MmodDetector::State& MmodDetector::state() const { return *state_; }

namespace {

/// Pixels that three unpadded filters of 5 x 5, two pixels apart, make one of.
constexpr long kSmallest = 29;

/// Where the levels of a pyramid lie in the tiled image.
struct Layout {
    std::vector<dlib::rectangle> levels;
    long height = 0, width = 0;

    Layout() = default;
    Layout(const Pixels& pixels, const mmod_network& network) {
        const auto& input = dlib::input_layer(network);
        dlib::impl::compute_tiled_image_pyramid_details(
            dlib::pyramid_down<6>(), pixels.nr(), pixels.nc(), input.get_pyramid_padding(),
            input.get_pyramid_outer_padding(), levels, height, width);
    }

    /// Of pictures of a few pixels dlib places levels outside the tiled image, where it would write, or
    /// ends the process when the filters find no place.
    bool is_large_enough() const {
        const dlib::rectangle image(width, height);
        return width >= kSmallest && height >= kSmallest && std::all_of(
            levels.begin(), levels.end(),
            [&](const dlib::rectangle& level) { return image.contains(level); });
    }
};

}  // namespace

int MmodDetector::detect(const Picture& picture, int upsample, double adjust) {
    const Enlarged enlarged(picture, upsample);
    state_->found.clear();
    if (!Layout(enlarged.pixels(), state_->network).is_large_enough()) return 0;
    const auto detections = state_->network.process(enlarged.pixels(), adjust);
    // The activations of a large photo are hundreds of megabytes; none outlives its photo.
    state_->network.clean();
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
    int upsample = 0;
    Layout layout;
    /// Three planes. Kept from picture to picture, unless far too large: the memory of a large one costs
    /// more to get than its pyramid to compute.
    std::vector<float> planes;
    Found found;

    float* plane(int channel) { return planes.data() + channel * layout.height * layout.width; }
    void write_first_level(const Pixels& pixels);
    void write_other_levels();
};

// As dlib's input_rgb_image_pyramid does, on one thread.
void MmodScan::State::write_first_level(const Pixels& pixels) {
    const auto& input = network.subnet().input_layer();
    const dlib::rectangle level = layout.levels[0];
    for (long row = 0; row < pixels.nr(); ++row) {
        const long at = (level.top() + row) * layout.width + level.left();
        float *red = plane(0) + at, *green = plane(1) + at, *blue = plane(2) + at;
        for (long column = 0; column < pixels.nc(); ++column) {
            const dlib::rgb_pixel& pixel = pixels(row, column);
            red[column] = (pixel.red - input.get_avg_red()) / 256.0;
            green[column] = (pixel.green - input.get_avg_green()) / 256.0;
            blue[column] = (pixel.blue - input.get_avg_blue()) / 256.0;
        }
    }
}

void MmodScan::State::write_other_levels() {
    const auto image = [this](int channel, const dlib::rectangle& level) {
        return dlib::sub_image(plane(channel) + level.top() * layout.width + level.left(),
                               level.height(), level.width(), layout.width);
    };
    for (size_t i = 1; i < layout.levels.size(); ++i) {
        for (int channel = 0; channel < 3; ++channel) {
            auto smaller = image(channel, layout.levels[i]);
            dlib::resize_image(image(channel, layout.levels[i - 1]), smaller);
        }
    }
}

MmodScan::MmodScan(const MmodDetector& detector)
    : state_(new State{detector.state().network}) {}
MmodScan::~MmodScan() = default;

void MmodScan::tile(const Picture& picture, int upsample) {
    const Enlarged enlarged(picture, upsample);
    const Pixels& pixels = enlarged.pixels();
    state_->upsample = upsample;
    Layout& layout = state_->layout;
    layout = Layout(pixels, state_->network);
    if (!layout.is_large_enough()) {
        layout = {};
        return;
    }
    const size_t size = 3 * layout.height * layout.width;
    if (state_->planes.size() < size || state_->planes.size() > 8 * size) {
        std::vector<float>().swap(state_->planes);
        state_->planes.resize(size);
    }
    std::fill_n(state_->planes.begin(), size, 0.0f);
    state_->write_first_level(pixels);
    state_->write_other_levels();
}

int MmodScan::tiled_width() const { return static_cast<int>(state_->layout.width); }
int MmodScan::tiled_height() const { return static_cast<int>(state_->layout.height); }

void MmodScan::rows(int first, int count, int width, float* out) const {
    const long height = state_->layout.height, columns = state_->layout.width;
    const float *red = state_->plane(0), *green = state_->plane(1), *blue = state_->plane(2);
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
    // Of the input, the loss layer asks only where the levels lie.
    dlib::resizable_tensor input(1, 1, 1, 1);
    input.annotation() = state_->layout.levels;
    std::vector<dlib::mmod_rect> detections;
    const Computed computed{state_->network.subnet(), output};
    state_->network.loss_details().to_label(input, computed, &detections, adjust);
    state_->found.clear();
    for (const auto& detection : detections)
        state_->found.add(reduced(detection.rect, state_->upsample), detection.detection_confidence);
    return state_->found.count();
}

void MmodScan::detections(int* boxes, float* scores) const { state_->found.write(boxes, scores); }

}  // namespace facelake
