// Walks a dlib network from its input to its output; never parsed by JavaCPP.
#ifndef FACELAKE_WALK_H_
#define FACELAKE_WALK_H_

#include "facelake_dlib.h"

#include <dlib/dnn.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace facelake {

/// One layer: what it is, whose output it reads, and the numbers that dlib has read for it.
struct Layer {
    std::string kind;
    std::vector<int> inputs;
    std::map<std::string, int> attributes;
    std::vector<float> parameters;
};

struct Layers::State {
    std::vector<Layer> layers;
};

/// Collects layers. Tags and skips are no layers: they say which earlier layer is meant.
class Walk {
public:
    explicit Walk(std::vector<Layer>& layers) : layers_(layers) {}

    template <typename Details, typename Below, typename E>
    void operator()(size_t, dlib::add_layer<Details, Below, E>& layer) {
        add(layer.layer_details());
    }
    template <unsigned long id, typename Below, typename E>
    void operator()(size_t, dlib::add_tag_layer<id, Below, E>&) {
        tagged_[id] = current();
    }
    template <template <typename> class Tag, typename Below>
    void operator()(size_t, dlib::add_skip_layer<Tag, Below>&) {
        current_ = tagged(dlib::tag_id<Tag>::id);
    }
    /// All that is left: the layer that turns pixels into numbers.
    template <typename Input>
    void operator()(size_t, Input& input) {
        push({"input", {}, {}, {input.get_avg_red(), input.get_avg_green(), input.get_avg_blue()}});
    }

private:
    int current() const { return current_; }
    int tagged(unsigned long id) const { return tagged_.at(id); }

    void push(Layer layer) {
        layers_.push_back(std::move(layer));
        current_ = static_cast<int>(layers_.size()) - 1;
    }

    static std::vector<float> numbers(const dlib::tensor& parameters) {
        return std::vector<float>(parameters.begin(), parameters.end());
    }

    template <typename Window>
    static std::map<std::string, int> window(const Window& layer, long rows, long columns) {
        return {{"rows", static_cast<int>(rows)},
                {"columns", static_cast<int>(columns)},
                {"stride_y", static_cast<int>(layer.stride_y())},
                {"stride_x", static_cast<int>(layer.stride_x())},
                {"padding_y", static_cast<int>(layer.padding_y())},
                {"padding_x", static_cast<int>(layer.padding_x())}};
    }

    /// Parameters: filters x channels x rows x columns, then a bias for each filter.
    template <long filters, long rows, long columns, int sy, int sx, int py, int px>
    void add(const dlib::con_<filters, rows, columns, sy, sx, py, px>& layer) {
        auto attributes = window(layer, layer.nr(), layer.nc());
        attributes["filters"] = static_cast<int>(layer.num_filters());
        attributes["bias"] = !layer.bias_is_disabled();
        push({"con", {current()}, attributes, numbers(layer.get_layer_params())});
    }
    /// Parameters: inputs x outputs, then a bias for each output.
    template <unsigned long outputs, dlib::fc_bias_mode mode>
    void add(const dlib::fc_<outputs, mode>& layer) {
        push({"fc",
              {current()},
              {{"outputs", static_cast<int>(layer.get_num_outputs())},
               {"bias", mode == dlib::FC_HAS_BIAS && !layer.bias_is_disabled()}},
              numbers(layer.get_layer_params())});
    }
    /// Parameters: a factor for each channel, then a summand for each.
    void add(dlib::affine_& layer) {
        std::vector<float> parameters;
        const dlib::alias_tensor_instance factors = layer.get_gamma(), summands = layer.get_beta();
        parameters.insert(parameters.end(), factors.begin(), factors.end());
        parameters.insert(parameters.end(), summands.begin(), summands.end());
        push({"affine", {current()}, {}, std::move(parameters)});
    }
    void add(const dlib::relu_&) { push({"relu", {current()}, {}, {}}); }
    void add(const dlib::softmax_&) { push({"softmax", {current()}, {}, {}}); }
    /// Parameter: the factor.
    void add(const dlib::multiply_& layer) {
        push({"multiply", {current()}, {}, {layer.get_multiply_value()}});
    }
    /// Rows and columns of 0 stand for all there are.
    template <long rows, long columns, int sy, int sx, int py, int px>
    void add(const dlib::max_pool_<rows, columns, sy, sx, py, px>& layer) {
        push({"max_pool", {current()}, window(layer, rows, columns), {}});
    }
    template <long rows, long columns, int sy, int sx, int py, int px>
    void add(const dlib::avg_pool_<rows, columns, sy, sx, py, px>& layer) {
        push({"avg_pool", {current()}, window(layer, rows, columns), {}});
    }
    template <template <typename> class Tag>
    void add(const dlib::add_prev_<Tag>&) {
        push({"add", {current(), tagged(dlib::tag_id<Tag>::id)}, {}, {}});
    }
    template <template <typename> class... Tags>
    void add(const dlib::concat_<Tags...>&) {
        push({"concat", {tagged(dlib::tag_id<Tags>::id)...}, {}, {}});
    }

    std::vector<Layer>& layers_;
    std::map<unsigned long, int> tagged_;
    int current_ = -1;
};

/// The layers of a network without a loss layer.
template <typename Net>
std::vector<Layer> layers_of(Net& network) {
    std::vector<Layer> layers;
    dlib::visit_layers_backwards(network, Walk(layers));
    return layers;
}

}  // namespace facelake

#endif  // FACELAKE_WALK_H_
