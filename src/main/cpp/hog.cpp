// dlib's frontal face detector with the filters, thresholds, boxes and suppression of dlib, on the code
// of fhog.h.
#include "fhog.h"
#include "shim.h"

#include <dlib/image_processing/frontal_face_detector.h>

#include <algorithm>

namespace facelake {

namespace {

/// More than any picture has.
constexpr unsigned long kMostLevels = 100;

using Scored = std::vector<std::pair<double, dlib::rectangle>>;

/// What stays the same for all pictures.
struct Trained {
    dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
    std::vector<double> thresholds;
    fhog::FilterBank filters;

    Trained() {
        const auto& scanner = detector.get_scanner();
        const int faces = static_cast<int>(detector.num_detectors());
        for (int i = 0; i < faces; ++i) {
            thresholds.push_back(detector.get_w(i)(scanner.get_num_dimensions()));
            const auto& bank = detector.get_processed_w(i).get_detect_argument();
            if (bank.row_filters.size() != fhog::kPlanes || scanner.get_cell_size() != fhog::kCell ||
                scanner.get_padding() != 0 || scanner.get_max_pyramid_levels() < kMostLevels)
                throw std::logic_error("this dlib's face detector has other features");
            for (int plane = 0; plane < fhog::kPlanes; ++plane)
                for (size_t rank = 0; rank < bank.row_filters[plane].size(); ++rank)
                    filters[plane].push_back(
                        separable(i, bank.row_filters[plane][rank], bank.col_filters[plane][rank]));
        }
    }

    template <typename Vector>
    static fhog::Separable separable(int detector, const Vector& row, const Vector& column) {
        if (row.size() != fhog::kTaps || column.size() != fhog::kTaps)
            throw std::logic_error("this dlib's face detector has other filters");
        fhog::Separable filter{detector, {}, {}};
        std::copy(row.begin(), row.end(), filter.row.begin());
        std::copy(column.begin(), column.end(), filter.column.begin());
        return filter;
    }
};

}  // namespace

struct FastHogDetector::State {
    std::shared_ptr<const Trained> trained;
    fhog::Smaller smaller;
    fhog::Features features;
    fhog::Responses responses;
    Found found;
    std::size_t largest = 0;

    /// What is kept for the next picture is at most eight times as much as it needs.
    void begin(std::size_t pixels) {
        if (largest > 8 * pixels) {
            smaller = {};
            features = {};
            responses = {};
            largest = 0;
        }
        largest = std::max(largest, pixels);
    }

    /// Adds what stands out in one level of the pyramid, for each detector.
    void scan(const fhog::Image& image, int level, double adjust, std::vector<Scored>& out) {
        features.compute(image);
        const int detectors = static_cast<int>(trained->thresholds.size());
        responses.compute(features, trained->filters, detectors);
        for (int i = 0; i < detectors; ++i)
            for (int r = 0; r < features.rows(); ++r)
                for (int c = 0; c < features.columns(); ++c) {
                    const float score = responses.at(i, r, c);
                    if (score >= trained->thresholds[i] + adjust)
                        out[i].emplace_back(score, box_at(r, c, level));
                }
    }

    /// Non-max suppression; sorts each detector's and then all, as dlib does, whose sorts order equals.
    std::vector<dlib::rect_detection> best_of(std::vector<Scored>& scored) const {
        std::vector<dlib::rect_detection> all, best;
        for (std::size_t i = 0; i < scored.size(); ++i) {
            std::sort(scored[i].rbegin(), scored[i].rend(),
                      [](const auto& a, const auto& b) { return a.first < b.first; });
            for (const auto& [score, box] : scored[i])
                all.push_back({score - trained->thresholds[i], i, box});
        }
        std::sort(all.rbegin(), all.rend());
        const auto& overlap = trained->detector.get_overlap_tester();
        for (const auto& detection : all) {
            const bool hidden = std::any_of(best.begin(), best.end(), [&](const dlib::rect_detection& better) {
                return overlap(better.rect, detection.rect);
            });
            if (!hidden) best.push_back(detection);
        }
        return best;
    }

    static dlib::rectangle box_at(int r, int c, int level) {
        const auto cells = dlib::centered_rect(c + fhog::kTaps / 2, r + fhog::kTaps / 2, fhog::kTaps, fhog::kTaps);
        return dlib::pyramid_down<6>().rect_up(
            dlib::fhog_to_image(cells, fhog::kCell, fhog::kTaps, fhog::kTaps), level);
    }
};

FastHogDetector::FastHogDetector() : state_(new State{std::make_shared<Trained>(), {}, {}, {}, {}}) {}
FastHogDetector::FastHogDetector(const FastHogDetector& other)
    : state_(new State{other.state_->trained, {}, {}, {}, {}}) {}
FastHogDetector::~FastHogDetector() = default;

int FastHogDetector::detect(const Picture& picture, int upsample, double adjust) {
    const Enlarged enlarged(picture, upsample);
    const Pixels& pixels = enlarged.pixels();
    const auto& scanner = state_->trained->detector.get_scanner();
    std::vector<Scored> scored(state_->trained->thresholds.size());

    state_->begin(pixels.size());
    fhog::Image image{&pixels(0, 0).red, static_cast<int>(pixels.nr()), static_cast<int>(pixels.nc())};
    const dlib::pyramid_down<6> pyramid;
    dlib::rectangle size = dlib::get_rect(pixels);
    for (int level = 0;; ++level) {
        state_->scan(image, level, adjust, scored);
        size = pyramid.rect_down(size);
        if (size.width() < scanner.get_min_pyramid_layer_width() ||
            size.height() < scanner.get_min_pyramid_layer_height())
            break;
        image = state_->smaller.of(image);
    }

    state_->found.clear();
    for (const auto& detection : state_->best_of(scored))
        state_->found.add(reduced(detection.rect, upsample), detection.detection_confidence);
    return state_->found.count();
}

void FastHogDetector::detections(int* boxes, float* scores) const {
    state_->found.write(boxes, scores);
}

}  // namespace facelake
