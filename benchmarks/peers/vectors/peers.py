"""Exact and approximate peers on the same rows and queries, one thread. Prints lines of JSON.

usage: peers.py numpy|faiss|sqlite-vec FOLDER ROWS DIMENSION [vec0.so]
"""
import glob
import json
import sqlite3
import sys
import time

import numpy

HITS = 10


def rows_of(folder, rows, dimension):
    parts, left = [], rows
    for path in sorted(glob.glob(f"{folder}/store/vectors.*.f32")):
        part = numpy.fromfile(path, dtype=numpy.float32, count=left * dimension)
        parts.append(part[: part.size // dimension * dimension].reshape(-1, dimension))
        left -= len(parts[-1])
    return parts[0] if len(parts) == 1 else numpy.concatenate(parts)


def measure(name, search, folder, dimension, limit):
    """Each query alone, as a person would send it; the first ones only warm up."""
    for kind in ("pictures", "texts"):
        queries = numpy.fromfile(f"{folder}/{kind}.f32", dtype=numpy.float32).reshape(-1, dimension)[:limit]
        with open(f"{folder}/{kind}.1.truth") as file:
            truth = [set(map(int, line.split())) for line in file]
        for query in queries[:3]:
            search(query)
        times, found = [], 0
        for query, expected in zip(queries, truth):
            start = time.perf_counter()
            hits = search(query)
            times.append((time.perf_counter() - start) * 1000)
            found += len(expected & set(map(int, hits)))
        times.sort()
        print(json.dumps({
            "peer": name,
            "set": kind,
            "recall": round(found / (HITS * len(queries)), 4),
            "p50": round(times[len(times) // 2], 3),
            "p99": round(times[len(times) * 99 // 100], 3),
            "queries": len(queries),
        }), flush=True)


def numpy_peer(folder, rows, dimension):
    vectors = rows_of(folder, rows, dimension)

    def search(query):
        scores = vectors @ query
        return numpy.argpartition(scores, -HITS)[-HITS:]

    measure("numpy", search, folder, dimension, 100 if rows <= 100_000 else 30)


def faiss_peer(folder, rows, dimension):
    import faiss

    faiss.omp_set_num_threads(1)
    vectors = rows_of(folder, rows, dimension)
    flat = faiss.IndexFlatIP(dimension)
    flat.add(vectors)
    measure("faiss-flat", lambda query: flat.search(query[None, :], HITS)[1][0], folder, dimension, 50)
    lists = int(4 * rows**0.5) // 64 * 64
    quantiser = faiss.IndexFlatIP(dimension)
    ivf = faiss.IndexIVFFlat(quantiser, dimension, lists, faiss.METRIC_INNER_PRODUCT)
    faiss.omp_set_num_threads(2)
    start = time.perf_counter()
    ivf.cp.niter = 8
    ivf.train(vectors[:: max(1, rows // (lists * 40))])
    ivf.add(vectors)
    print(json.dumps({"peer": "faiss-ivf", "lists": lists, "build_seconds": round(time.perf_counter() - start, 1)}), flush=True)
    faiss.omp_set_num_threads(1)
    for probes in (16, 64, 256):
        ivf.nprobe = probes
        measure(f"faiss-ivf-{probes}", lambda query: ivf.search(query[None, :], HITS)[1][0], folder, dimension, 100)


def sqlite_peer(folder, rows, dimension, library):
    vectors = rows_of(folder, rows, dimension)
    database = sqlite3.connect(":memory:")
    database.enable_load_extension(True)
    database.load_extension(library)
    database.execute(f"create virtual table points using vec0(vector float[{dimension}] distance_metric=cosine)")
    database.executemany("insert into points(rowid, vector) values (?, ?)", ((row, vectors[row].tobytes()) for row in range(rows)))
    database.commit()

    def search(query):
        found = database.execute("select rowid from points where vector match ? and k = ?", (query.tobytes(), HITS))
        return [row for (row,) in found]

    measure("sqlite-vec", search, folder, dimension, 20)


if __name__ == "__main__":
    peer, data, count, width = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if peer == "numpy":
        numpy_peer(data, count, width)
    elif peer == "faiss":
        faiss_peer(data, count, width)
    else:
        sqlite_peer(data, count, width, sys.argv[5])
