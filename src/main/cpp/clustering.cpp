#include "facelake_dlib.h"

#include <dlib/clustering.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace facelake {

int chinese_whispers(int nodes, const int* edges, long long edge_count, long long seed,
                     int* labels) {
    std::vector<dlib::sample_pair> pairs;
    pairs.reserve(nodes + edge_count);
    for (int i = 0; i < nodes; ++i) pairs.emplace_back(i, i);
    for (long long i = 0; i < edge_count; ++i) {
        const int a = edges[2 * i], b = edges[2 * i + 1];
        if (a < 0 || b < 0 || a >= nodes || b >= nodes)
            throw std::invalid_argument("edge " + std::to_string(a) + " - " + std::to_string(b) +
                                        " is not among " + std::to_string(nodes) + " nodes");
        if (a != b) pairs.emplace_back(a, b);
    }
    dlib::rand random;
    if (seed != 0) random.set_seed(std::to_string(seed));
    std::vector<unsigned long> found;
    const auto count = dlib::chinese_whispers(pairs, found, 100, random);
    for (int i = 0; i < nodes; ++i) labels[i] = static_cast<int>(found[i]);
    return static_cast<int>(count);
}

}  // namespace facelake
