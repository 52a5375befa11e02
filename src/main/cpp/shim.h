// What the shim's own files share; never parsed by JavaCPP.
#ifndef FACELAKE_SHIM_H_
#define FACELAKE_SHIM_H_

#include "facelake_dlib.h"

#include <dlib/image_transforms.h>
#include <dlib/matrix.h>
#include <dlib/pixel.h>
#include <dlib/serialize.h>

#include <istream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <utility>
#include <vector>

namespace facelake {

using Pixels = dlib::matrix<dlib::rgb_pixel>;

struct Picture::State {
    Pixels pixels;
};

/// Copies RGB bytes into dlib's picture type, which has the same layout.
Pixels pixels_of(const unsigned char* rgb, int width, int height);

/// A picture enlarged `times` times by two.
class Enlarged {
public:
    Enlarged(const Picture& picture, int times);

    const Pixels& pixels() const { return times_ == 0 ? original_ : enlarged_; }

private:
    const Pixels& original_;
    Pixels enlarged_;
    int times_;
};

/// A box of an enlarged picture in the picture itself.
dlib::rectangle reduced(const dlib::rectangle& box, int times);

/// While it lives, this thread may take some times a file's size of memory, and std::bad_alloc is what it
/// gets beyond: counts in a broken file are no reason to fill the machine.
class MemoryLimit {
public:
    explicit MemoryLimit(long long file_size);
    ~MemoryLimit();

    MemoryLimit(const MemoryLimit&) = delete;
    MemoryLimit& operator=(const MemoryLimit&) = delete;
};

/// A file's bytes as dlib reads them.
class ModelBytes : public std::streambuf {
public:
    ModelBytes(const unsigned char* data, long long size) {
        char* begin = const_cast<char*>(reinterpret_cast<const char*>(data));
        setg(begin, begin, begin + size);
    }

protected:
    std::streamsize xsgetn(char* to, std::streamsize count) override;
};

/// Reads one dlib object. A file may hold more after it: dlib's ImageNet classifier, its labels.
template <typename T>
void read_model(T& object, const unsigned char* model, long long size) {
    const MemoryLimit limit(size);
    ModelBytes bytes(model, size);
    std::istream in(&bytes);
    deserialize(object, in);
}

/// The last detections of a detector, kept until the caller has taken them.
struct Found {
    std::vector<dlib::rectangle> boxes;
    std::vector<float> scores;

    void clear();
    void add(const dlib::rectangle& box, double score);
    int count() const { return static_cast<int>(boxes.size()); }
    void write(int* boxes_out, float* scores_out) const;
};

}  // namespace facelake

#endif  // FACELAKE_SHIM_H_
