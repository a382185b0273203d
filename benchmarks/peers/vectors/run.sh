#!/bin/sh
# Measures the vector store and its peers in one run and writes benchmarks/results/vectors.md.
# Needs Debian, about 10 GB below ${TMPDIR:-/tmp}, 12 GB of memory, 20 minutes and a machine that does nothing else.
# usage: run.sh [ROWS…]     the default is 10000 100000 1000000
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/imagesearch-vectors.XXXXXX")
trap 'rm -rf "$work"' EXIT

packages="python3-numpy python3-faiss libopenblas0-pthread libhnswlib-dev g++"
missing=$(for package in $packages; do dpkg -s "$package" >/dev/null 2>&1 || echo "$package"; done)
if [ -n "$missing" ]; then
  echo "installing:" $missing
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of names
  apt-get install -y -qq --no-install-recommends $missing
fi

# As ./imagesearch builds the program: what is measured is what people get.
dotnet publish "$root/benchmarks/ImageSearch.Benchmarks" -c Release --use-current-runtime --self-contained false \
  -p:PublishReadyToRun=true -p:RestoreLockedMode=false -p:NuGetLockFilePath=obj/publish.lock.json \
  -o "$work/program" --tl:off -v quiet
g++ -O3 -march=native -std=c++17 -pthread "$here/hnsw.cpp" -o "$work/hnsw"
(cd "$work" && npm pack --silent sqlite-vec-linux-x64@0.1.9 >/dev/null && tar xzf sqlite-vec-linux-x64-0.1.9.tgz) \
  || echo "sqlite-vec comes from npm, which failed: it is left out"

env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS=1 \
  /usr/bin/python3 "$here/run.py" "$root" "$work" "${@:-10000 100000 1000000}"
