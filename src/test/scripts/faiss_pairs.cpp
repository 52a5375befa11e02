// faiss_pairs QUERIES BASE DIMENSIONS THRESHOLD PAIRS: finds the pairs of two files of floats nearer than a
// threshold, writes them as int32 numbers (query, base) and prints the seconds that the search took.
#include <faiss/IndexFlat.h>
#include <faiss/impl/AuxIndexStructures.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace {

std::vector<float> read(const char* name) {
    std::ifstream in(name, std::ios::binary | std::ios::ate);
    std::vector<float> values(static_cast<std::size_t>(in.tellg()) / sizeof(float));
    in.seekg(0);
    in.read(reinterpret_cast<char*>(values.data()), values.size() * sizeof(float));
    return values;
}

}  // namespace

int main(int, char** arguments) {
    const auto queries = read(arguments[1]), base = read(arguments[2]);
    const int dimensions = std::atoi(arguments[3]);
    const float threshold = std::atof(arguments[4]);

    faiss::IndexFlatL2 index(dimensions);
    index.add(base.size() / dimensions, base.data());
    const std::size_t count = queries.size() / dimensions;
    faiss::RangeSearchResult found(count);
    const auto start = std::chrono::steady_clock::now();
    index.range_search(count, queries.data(), threshold * threshold, &found);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;

    std::ofstream out(arguments[5], std::ios::binary);
    for (std::size_t query = 0; query < count; ++query)
        for (std::size_t i = found.lims[query]; i < found.lims[query + 1]; ++i) {
            const std::int32_t pair[] = {static_cast<std::int32_t>(query),
                                         static_cast<std::int32_t>(found.labels[i])};
            out.write(reinterpret_cast<const char*>(pair), sizeof pair);
        }
    std::printf("%.3f\n", seconds.count());
}
