// The architectures that dlib's face models were trained with. dlib reads a model file only into the
// very type that wrote it, so each is spelt out once here.
#include "shim.h"
#include "walk.h"

#include <dlib/dnn.h>

namespace facelake {

namespace {

using namespace dlib;

// ---- ResNet as in dlib's dnn_imagenet_ex and dnn_face_recognition_ex

template <int filters, int stride, typename Below>
using unit = affine<con<filters, 3, 3, 1, 1,
             relu<affine<con<filters, 3, 3, stride, stride, Below>>>>>;

template <int filters, typename Below>
using keep = relu<add_prev1<unit<filters, 1, tag1<Below>>>>;

template <int filters, typename Below>
using down = relu<add_prev2<avg_pool<2, 2, 2, 2, skip1<tag2<unit<filters, 2, tag1<Below>>>>>>>;

template <int filters, typename Below> using keep2 = keep<filters, keep<filters, Below>>;
template <int filters, typename Below> using keep3 = keep<filters, keep2<filters, Below>>;
template <int filters, typename Below> using keep5 = keep2<filters, keep3<filters, Below>>;

template <int filters, typename Input>
using resnet_stem = max_pool<3, 3, 2, 2, relu<affine<con<filters, 7, 7, 2, 2, Input>>>>;

using resnet_face = loss_metric<fc_no_bias<128, avg_pool_everything<
    down<256,
    keep2<256, down<256,
    keep2<128, down<128,
    keep3<64, down<64,
    keep3<32,
    resnet_stem<32, input_rgb_image_sized<150>>>>>>>>>>>>>;

template <typename Input>
using resnet34 = avg_pool_everything<
    keep2<512, down<512,
    keep5<256, down<256,
    keep3<128, down<128,
    keep3<64,
    resnet_stem<64, Input>>>>>>>>>;

using gender_resnet34 = loss_multiclass_log<fc<2, resnet34<input_rgb_image_sized<150>>>>;
using imagenet_resnet34 = loss_multiclass_log<fc<1000, resnet34<input_rgb_image_sized<227>>>>;

// ---- The small gender network

template <int filters, typename Below>
using gender_block = avg_pool<2, 2, 2, 2,
    relu<affine<con<filters, 3, 3, 1, 1, relu<affine<con<filters, 3, 3, 1, 1, Below>>>>>>>;

using gender_cnn = loss_multiclass_log<fc<2, multiply<relu<fc<16, multiply<
    gender_block<64, gender_block<32, input_rgb_image_sized<32>>>>>>>>>;

// ---- DenseNet (Huang et al. 2017) with growth 16 and blocks of 3, 6, 12 and 8 layers from the input

constexpr long growth = 16;

template <long filters, long kernel, int stride, typename Below>
using padded = add_layer<con_<filters, kernel, kernel, stride, stride, kernel / 2, kernel / 2>, Below>;

template <typename Below>
using dense = concat2<tag1, tag2, tag2<padded<growth, 3, 1,
              relu<affine<padded<4 * growth, 1, 1, relu<affine<tag1<Below>>>>>>>>>;

template <long filters, typename Below>
using transition = avg_pool<2, 2, 2, 2, con<filters, 1, 1, 1, 1, relu<affine<Below>>>>;

template <typename Input>
using dense_stem = add_layer<max_pool_<3, 3, 2, 2, 1, 1>,
                             relu<affine<padded<2 * growth, 7, 2, Input>>>>;

// A transition halves the channels, in whole steps of the growth over the blocks so far.
using densenet_face = loss_metric<fc_no_bias<128, avg_pool_everything<relu<affine<
    repeat<8, dense, transition<growth * (2 + 3 + 2 * 6 + 4 * 12) / 8,
    repeat<12, dense, transition<growth * (2 + 3 + 2 * 6) / 4,
    repeat<6, dense, transition<growth * (2 + 3) / 2,
    repeat<3, dense,
    dense_stem<input_rgb_image>>>>>>>>>>>>>;

}  // namespace

// ---- Running them

struct Network::State {
    virtual ~State() = default;
    virtual State* copy() const = 0;
    virtual const dlib::tensor& forward(const Pixels& chip) = 0;
    virtual std::vector<Layer> layers() = 0;

    int input_size;
    int outputs;
    float distance_threshold = 0;
    float margin = 0;
};

namespace {

/// What is left of a network without its loss layer, whose input is the answer.
template <typename Body>
struct Running : Network::State {
    explicit Running(const Body& body) : body(body) {}

    State* copy() const override { return new Running(*this); }

    const dlib::tensor& forward(const Pixels& chip) override {
        body.to_tensor(&chip, &chip + 1, input);
        return body.forward(input);
    }

    std::vector<Layer> layers() override { return layers_of(body); }

    Body body;
    dlib::resizable_tensor input;
};

template <typename Body>
Network::State* running(const Body& body, int input_size, int outputs) {
    auto result = new Running<Body>(body);
    result->input_size = input_size;
    result->outputs = outputs;
    return result;
}

template <typename Net>
Network::State* embedder(const unsigned char* model, long long size) {
    Net network;
    read_model(network, model, size);
    Network::State* result = running(network.subnet(), 150, 128);
    result->distance_threshold = network.loss_details().get_distance_threshold();
    result->margin = network.loss_details().get_margin();
    return result;
}

template <typename Net>
Network::State* classifier(const unsigned char* model, long long size, int input, int classes) {
    Net network;
    read_model(network, model, size);
    softmax<typename Net::subnet_type> probabilities;
    probabilities.subnet() = network.subnet();
    return running(probabilities, input, classes);
}

Network::State* read_network(const std::string& name, const unsigned char* model, long long size) {
    if (name == "resnet-face") return embedder<resnet_face>(model, size);
    if (name == "densenet-face") return embedder<densenet_face>(model, size);
    if (name == "gender-cnn") return classifier<gender_cnn>(model, size, 32, 2);
    if (name == "gender-resnet34") return classifier<gender_resnet34>(model, size, 150, 2);
    if (name == "imagenet-resnet34") return classifier<imagenet_resnet34>(model, size, 227, 1000);
    throw std::invalid_argument("there is no architecture " + name);
}

}  // namespace

Network::Network(const char* architecture, const unsigned char* model, long long size)
    : state_(read_network(architecture, model, size)) {}
Network::Network(const Network& other) : state_(other.state_->copy()) {}
Network::~Network() = default;

Network::State& Network::state() { return *state_; }

int Network::input_size() const { return state_->input_size; }
int Network::outputs() const { return state_->outputs; }
float Network::distance_threshold() const { return state_->distance_threshold; }
float Network::margin() const { return state_->margin; }

// One chip after the other: dlib convolves sample by sample anyway, so that a joint pass saves no time
// and takes the memory of all chips; and BLAS rounds the last layer by the size of the batch, so that
// an embedding would depend on its neighbours.
void Network::forward(const unsigned char* chips, int count, float* out) {
    const int side = input_size();
    for (int i = 0; i < count; ++i) {
        const dlib::tensor& result = state_->forward(
            pixels_of(chips + static_cast<size_t>(i) * side * side * 3, side, side));
        if (result.size() != static_cast<size_t>(outputs()))
            throw std::runtime_error("it gave " + std::to_string(result.size()) + " numbers");
        out = std::copy(result.host(), result.host() + result.size(), out);
    }
}

// ---- Handing out their layers

Layers::Layers(Network& network) : state_(new State{network.state().layers()}) {}
Layers::~Layers() = default;

int Layers::count() const { return static_cast<int>(state_->layers.size()); }

const char* Layers::kind(int layer) const { return state_->layers.at(layer).kind.c_str(); }

int Layers::inputs(int layer) const {
    return static_cast<int>(state_->layers.at(layer).inputs.size());
}

int Layers::input(int layer, int index) const { return state_->layers.at(layer).inputs.at(index); }

int Layers::attribute(int layer, const char* name) const {
    return state_->layers.at(layer).attributes.at(name);
}

long long Layers::parameters(int layer) const {
    return static_cast<long long>(state_->layers.at(layer).parameters.size());
}

void Layers::copy_parameters(int layer, float* out) const {
    const auto& parameters = state_->layers.at(layer).parameters;
    std::copy(parameters.begin(), parameters.end(), out);
}

}  // namespace facelake
