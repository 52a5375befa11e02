// sanitized MODELS FOLDER: runs all functions of the shim over the pictures and the damaged models of a
// folder that Sanitized.java made. The script sanitize builds it.
#include "facelake_dlib.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace {

using Bytes = std::vector<unsigned char>;
using facelake::Network;
using facelake::Picture;

constexpr int kChip = 150;

Bytes read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(in), {});
}

struct Models {
    explicit Models(const std::filesystem::path& folder)
        : landmarks(load<facelake::ShapePredictor>(folder / "shape_predictor_5_face_landmarks.dat")),
          mmod(load<facelake::MmodDetector>(folder / "mmod_human_face_detector.dat")),
          embedder(read(folder / "dlib_face_recognition_resnet_model_v1.dat")),
          network("resnet-face", embedder.data(), embedder.size()) {}

    template <typename Model>
    static Model* load(const std::filesystem::path& file) {
        const Bytes bytes = read(file);
        return new Model(bytes.data(), bytes.size());
    }

    std::unique_ptr<facelake::ShapePredictor> landmarks;
    std::unique_ptr<facelake::MmodDetector> mmod;
    Bytes embedder;
    Network network;
};

template <typename Detector>
std::vector<int> detect(Detector& detector, const Picture& picture, int upsample) {
    std::vector<int> boxes(4 * detector.detect(picture, upsample, -0.5));
    std::vector<float> scores(boxes.size() / 4);
    detector.detections(boxes.data(), scores.data());
    return boxes;
}

Bytes chip_of(const facelake::ShapePredictor& landmarks, const Picture& picture, const int* box) {
    std::vector<int> points(2 * landmarks.parts());
    landmarks.predict(picture, box, points.data());
    Bytes chip(kChip * kChip * 3);
    facelake::face_chip(picture, points.data(), landmarks.parts(), kChip, 0.25, chip.data());
    return chip;
}

void scan(const facelake::MmodDetector& mmod, const Picture& picture) {
    facelake::MmodScan scan(mmod);
    scan.tile(picture, 0);
    if (scan.tiled_width() == 0) return;
    const int width = scan.tiled_width() + 5, rows = 40;
    std::vector<float> strip(3 * width * rows);
    for (int row = 0; row < scan.tiled_height(); row += rows) scan.rows(row, rows, width, strip.data());
    // What three filters of 5 x 5, two pixels apart, leave.
    const auto left = [](int side) { for (int i = 0; i < 3; ++i) side = (side - 5) / 2 + 1; return side; };
    const int across = left(scan.tiled_width()), down = left(scan.tiled_height());
    std::vector<float> scores(across * down, -10);
    scores[scores.size() / 2] = 1;
    std::vector<int> boxes(4 * scan.detect(scores.data(), across, down, 0));
    std::vector<float> found(boxes.size() / 4);
    scan.detections(boxes.data(), found.data());
}

/// Returns how many faces were found.
int use(Models& models, const Picture& picture, int width, int height, bool networks) {
    facelake::HogDetector hog;
    facelake::FastHogDetector fast;
    detect(hog, picture, 0);
    std::vector<int> boxes = detect(fast, picture, 0);
    if (width * height < 100 * 100) detect(fast, picture, 1);
    scan(*models.mmod, picture);
    if (networks) detect(*models.mmod, picture, 0);
    const int faces = static_cast<int>(boxes.size() / 4);
    boxes.insert(boxes.end(), {-width, -height, 2 * width, 2 * height, 0, 0, 0, 0});
    for (size_t box = 0; box < boxes.size(); box += 4) {
        const Bytes chip = chip_of(*models.landmarks, picture, &boxes[box]);
        Bytes copies(2 * chip.size());
        facelake::jitter_chip(chip.data(), kChip, 2, 7, copies.data());
        facelake::random_crops(chip.data(), kChip, 2, 7, kChip, copies.data());
        std::vector<float> embedding(models.network.outputs());
        if (networks) models.network.forward(chip.data(), 1, embedding.data());
    }
    return faces;
}

void use_network(const char* architecture, const Bytes& model) {
    Network network(architecture, model.data(), model.size());
    facelake::Layers layers(network);
    for (int i = 0; i < layers.count(); ++i) {
        std::vector<float> parameters(layers.parameters(i));
        layers.copy_parameters(i, parameters.data());
    }
    const Bytes chip(network.input_size() * network.input_size() * 3);
    std::vector<float> out(network.outputs());
    network.forward(chip.data(), 1, out.data());
}

void use_model(const std::string& name, const Bytes& model, const Picture& picture) {
    const int box[] = {2, 2, 60, 60};
    if (name == "landmarks-5") {
        chip_of(facelake::ShapePredictor(model.data(), model.size()), picture, box);
    } else if (name == "mmod") {
        facelake::MmodDetector detector(model.data(), model.size());
        facelake::Layers layers(detector);
        scan(detector, picture);
        detect(detector, picture, 0);
    } else {
        use_network(name == "resnet-v1" ? "resnet-face" : name == "gender-v1" ? "gender-cnn" : "densenet-face",
                    model);
    }
}

void use_the_rest() {
    const int edges[] = {0, 1, 1, 2, 3, 4};
    int labels[5];
    facelake::chinese_whispers(5, edges, 3, 1, labels);
    const std::vector<float> products(3 * 16, 0.5f), rows(3, 0.1f), columns(16, 0.2f);
    std::vector<int> places(products.size());
    facelake::not_below(products.data(), 3, 16, rows.data(), columns.data(), places.data());
}

}  // namespace

int main(int, char** arguments) {
    Models models(arguments[1]);
    const std::filesystem::directory_iterator folder(arguments[2]);
    std::vector<std::filesystem::path> files(begin(folder), end(folder));
    std::sort(files.begin(), files.end());
    int pictures = 0, faces = 0, refused = 0, used = 0;
    const Bytes gray(80 * 80 * 3, 128);
    const Picture plain(gray.data(), 80, 80);
    use_the_rest();
    for (const auto& file : files) {
        const Bytes bytes = read(file);
        std::fprintf(stderr, "%s\n", file.filename().c_str());  // the last one is what was reported
        if (file.extension() == ".ppm") {
            int width = 0, height = 0;
            const auto pixels = std::find(bytes.begin(), bytes.end(), '\n') - bytes.begin() + 1;
            std::sscanf(reinterpret_cast<const char*>(bytes.data()), "P6 %d %d", &width, &height);
            const Picture picture(bytes.data() + pixels, width, height);
            const bool photo = file.filename().string().rfind("photo-", 0) == 0;
            faces += use(models, picture, width, height, photo);
            ++pictures;
        } else {
            try {
                const std::string name = file.filename();
                use_model(name.substr(0, name.find('.')), bytes, plain);
                ++used;
            } catch (const std::exception&) {
                ++refused;
            }
        }
    }
    std::printf("%d pictures with %d faces; %d damaged models refused, %d used\n", pictures, faces,
                refused, used);
}
