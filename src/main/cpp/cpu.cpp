// Compiled for plain x86-64: it must run where the rest would not.
#include "facelake_dlib.h"

#include <cstdlib>

extern "C" void openblas_set_num_threads(int threads);

namespace facelake {

void use_one_thread_a_call() {
    openblas_set_num_threads(1);
    setenv("OMP_NUM_THREADS", "1", 0);
    setenv("DLIB_NUM_THREADS", "1", 0);
}

bool cpu_is_supported() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi2");
}

}  // namespace facelake
