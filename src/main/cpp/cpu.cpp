// Compiled for plain x86-64: it must run where the rest would not.
#include "facelake_dlib.h"

namespace facelake {

bool cpu_is_supported() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi2");
}

}  // namespace facelake
