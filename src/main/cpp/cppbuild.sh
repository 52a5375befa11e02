#!/usr/bin/env bash
# Compiles dlib and facelake's shim over it into one static archive, BUILD_DIR/libfacelake_dlib.a,
# which the JavaCPP plugin then links into the JNI library. An object is compiled again only when its
# source, a header that it includes or this script is newer.
#
#   src/main/cpp/cppbuild.sh BUILD_DIR     CXXFLAGS: more flags for the compiler
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${1:?usage: cppbuild.sh BUILD_DIR}
tree=$("$here/../../../jobs/dlib-source" --tree)

# dlib takes the second failed check of its own for a bug that must end the process: here it may be the
# second broken model, or picture, of many.
#
# x86-64-v3 (AVX2, FMA) halves the time of HOG against plain x86-64 and runs on any server since 2013.
# Never -march=native: the jar travels to other machines.
flags=(-std=c++17 -O3 -fPIC -fvisibility=hidden -ffunction-sections -fdata-sections
  -DNDEBUG -DDLIB_NO_GUI_SUPPORT -DDLIB_NO_ABORT_ON_2ND_FATAL_ERROR -DDLIB_USE_BLAS
  -I"$tree" -I"$here")
read -ra more <<< "${CXXFLAGS:-}"
flags+=(${more[@]+"${more[@]}"})

mkdir -p "$build"
# Objects of another tree, of dlib or of facelake, are of no use, however new they are.
if [[ $(cat "$build/tree" 2> /dev/null) != "$tree $here" ]]; then
  rm -f "$build"/*.o
  echo "$tree $here" > "$build/tree"
fi
objects=()
compilers=()

# is_up_to_date OBJECT: g++ has left the list of what it read in OBJECT.d, a make rule
is_up_to_date() {
  [[ -e $1 && -e $1.d && $1 -nt $here/cppbuild.sh ]] || return 1
  local -a read_files
  read -ra read_files -d '' < <(sed 's/^.*: //; s/\\$//' "$1.d") || true
  [[ -z $(find "${read_files[@]}" -newer "$1" -print -quit 2>&1) ]]
}

# compile NAME SOURCE FLAG...: in the background, as there are processors for it
compile() {
  local object=$build/$1.o source=$2
  objects+=("$object")
  is_up_to_date "$object" && return
  while (($(jobs -rp | wc -l) >= $(nproc))); do sleep 0.2; done
  echo "compiling $1"
  rm -f "$object"
  { g++ "${flags[@]}" "${@:3}" -MMD -MF "$object.d" -c "$source" -o "$object.part" &&
    mv "$object.part" "$object"; } &
  compilers+=($!)
}

# The networks are large types that only call what dlib.o does: optimising them takes a minute, and to
# instrument them for a sanitizer more than an hour, and gains nothing.
compile networks "$here/networks.cpp" -march=x86-64-v3 -O1 -fno-sanitize=all
for name in reading detectors fhog hog mmod alignment clustering screening; do
  compile "$name" "$here/$name.cpp" -march=x86-64-v3
done
compile dlib "$tree/dlib/all/source.cpp" -march=x86-64-v3
compile cpu "$here/cpu.cpp" -march=x86-64
# Each is waited for by its own number: a plain wait would hide a failure.
for compiler in ${compilers[@]+"${compilers[@]}"}; do wait "$compiler"; done

rm -f "$build/libfacelake_dlib.a"
ar rcs "$build/libfacelake_dlib.a" "${objects[@]}"
