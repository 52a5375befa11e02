// Reads model files that nobody has vouched for: dlib believes what they say of their own sizes.
#include "shim.h"

#include <cstdlib>
#include <new>

namespace facelake {

namespace {

/// Bytes that this thread may still take while it reads a model.
thread_local long long allowance = 0;
thread_local bool limited = false;

}  // namespace

// Numbers take less memory than they take in the file, or as much, and few are taken twice.
MemoryLimit::MemoryLimit(long long file_size) {
    allowance = (1 << 20) + 4 * file_size;
    limited = true;
}
MemoryLimit::~MemoryLimit() { limited = false; }

// A tensor of less than no numbers has no memory.
std::streamsize ModelBytes::xsgetn(char* to, std::streamsize count) {
    if (to == nullptr) throw dlib::serialization_error("it has a tensor of negative size");
    return std::streambuf::xsgetn(to, count);
}

}  // namespace facelake

// The library's own: linked statically and hidden, they are nobody else's.
void* operator new(std::size_t size) {
    if (facelake::limited) {
        if (size > static_cast<std::size_t>(facelake::allowance)) throw std::bad_alloc();
        facelake::allowance -= static_cast<long long>(size);
    }
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
