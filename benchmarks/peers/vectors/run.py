"""Runs the steps one after another and writes the table. Called by run.sh."""
import datetime
import json
import os
import platform
import subprocess
import sys
import time

DIMENSION = 1024
REAL_DIMENSION = 512
REAL_ROWS = 100_000
SETS = ("pictures", "texts")

root, work = sys.argv[1], sys.argv[2]
sizes = [int(size) for argument in sys.argv[3:] for size in argument.split()]
here = os.path.dirname(os.path.abspath(__file__))
program = f"{work}/program/ImageSearch.Benchmarks"
real_source = os.path.normpath(f"{root}/../shared/data/vectors")
lines = []


def say(text=""):
    lines.append(text)
    print(text, flush=True)


def run(*command):
    """The JSON lines that a step prints."""
    print("  $", *(os.path.basename(str(part)) for part in command), file=sys.stderr, flush=True)
    output = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def ours(step, folder, *arguments, dimension=DIMENSION):
    return run(program, "vectors", step, folder, dimension, *arguments)


def table(header, rows):
    say("| " + " | ".join(header) + " |")
    say("|" + "---|" * len(header))
    for row in rows:
        say("| " + " | ".join(str(cell) for cell in row) + " |")
    say()


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def searched(folder, dimension=DIMENSION):
    return ours("search", folder, *SETS, dimension=dimension)


def pick(results, kind, share=1):
    return next(result for result in results if result["set"] == kind and result["share"] == share)


def verdict(good):
    return "met" if good else "**not met**"


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = int(next(line for line in open("/proc/meminfo") if line.startswith("MemTotal")).split()[1]) // 1024**2
    dotnet = subprocess.run(["dotnet", "--version"], stdout=subprocess.PIPE, text=True).stdout.strip()
    return f"{model}, {os.cpu_count()} cores, {memory} GB, Linux {platform.release()}, .NET SDK {dotnet}"


def drop_cached(folder):
    """Makes the system forget the pages of a store's files, as after a long time without a search."""
    for name in os.listdir(f"{folder}/store"):
        file = os.open(f"{folder}/store/{name}", os.O_RDONLY)
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)


def read_codes(folder):
    """Milliseconds that reading the file of codes from end to end takes."""
    buffer = bytearray(4 << 20)
    start = time.perf_counter()
    with open(f"{folder}/store/codes.bin", "rb", buffering=0) as file:
        while file.readinto(buffer):
            pass
    return (time.perf_counter() - start) * 1000


def clustered(rows):
    folder = f"{work}/clustered-{rows}"
    run(program, "vectors", "clustered", folder, rows, DIMENSION)
    built = ours("optimise", folder)[0]
    ours("truth", folder, *SETS)
    return folder, built


def search_table(rows, runs):
    body = []
    for kind in SETS:
        for share in (1, 0.5, 0.1, 0.01):
            picked = [pick(result, kind, share) for result in runs]
            first = picked[0]
            body.append([
                f"{rows:,}", kind, "none" if share == 1 else f"{share:.0%}", f"{first['recall']:.4f}",
                f"{median([p['p50'] for p in picked]):.3f}", f"{median([p['p99'] for p in picked]):.3f}",
                f"{first['rescored_p50']:.0f} / {first['rescored_p99']:.0f}",
            ])
    return body


def ratios(name, result, before, after):
    """A peer against the mean of our medians right before and right after it."""
    kind = result["set"]
    mine = (pick(before, kind)["p50"] + pick(after, kind)["p50"]) / 2
    return [name, kind, f"{result['recall']:.4f}", f"{result['p50']:.3f}", f"{pick(before, kind)['recall']:.4f}", f"{mine:.3f}", f"{result['p50'] / mine:.1f}×"]


def main():
    goals = []
    limits = {10_000: (0.25, 0.99), 100_000: (1.0, 0.995), 1_000_000: (10.0, 0.99)}
    say("# Vector search")
    say()
    say(f"{machine()}; {datetime.date.today()}; load when it began {os.getloadavg()[0]:.1f}.")
    say("Written by `benchmarks/peers/vectors/run.sh`: one run, one step after another, one thread unless said otherwise, 1,024 dimensions,")
    say("10 hits, 400 queries a set that were used for nothing else (tuning has its own). *pictures* are like the rows but unseen; *texts*")
    say("have another mean and lie partly outside the rows' space. Recall is against the exact ten. Times are milliseconds a query.")
    say()

    folders, builds, found, throughput = {}, {}, {}, {}
    for rows in sizes:
        folders[rows], builds[rows] = clustered(rows)
        found[rows] = [searched(folders[rows])]
        throughput[rows] = ours("threads", folders[rows])[0]

    peers = []
    for rows in sizes:
        before = found[rows][-1]
        results = run("/usr/bin/python3", f"{here}/peers.py", "numpy", folders[rows], rows, DIMENSION)
        found[rows].append(searched(folders[rows]))
        for result in results:
            peers.append([f"{rows:,}"] + ratios("numpy + OpenBLAS, exact", result, before, found[rows][-1]))
            if rows == 100_000:
                times = result["p50"] / ((pick(before, result["set"])["p50"] + pick(found[rows][-1], result["set"])["p50"]) / 2)
                goals.append([f"numpy with OpenBLAS, {result['set']}, 100,000", "at least 25×", f"{times:.1f}×", verdict(times >= 25)])

    if 100_000 in folders:
        rows, folder = 100_000, folders[100_000]
        segments = sorted(os.path.join(folder, "store", name) for name in os.listdir(f"{folder}/store") if name.startswith("vectors."))
        peers += hnsw_peers(folder, rows, DIMENSION, segments, found[rows], goals, "")
        for peer, arguments in (("faiss", []), ("sqlite-vec", [f"{work}/package/vec0.so"])):
            if peer == "sqlite-vec" and not os.path.exists(arguments[0]):
                say("sqlite-vec could not be had and is left out.")
                continue
            before = found[rows][-1]
            results = run("/usr/bin/python3", f"{here}/peers.py", peer, folder, rows, DIMENSION, *arguments)
            found[rows].append(searched(folder))
            peers += [[f"{rows:,}"] + ratios(result["peer"], result, before, found[rows][-1]) for result in results if "recall" in result]

    say("## Search")
    say()
    body = [line for rows in sizes for line in search_table(rows, found[rows])]
    table(["rows", "queries", "filter passes", "recall@10", "p50", "p99", "rescored p50 / p99"], body)
    for rows in sizes:
        for kind in SETS:
            most, least = limits.get(rows, (None, 0.99))
            middle = median([pick(result, kind)["p50"] for result in found[rows]])
            recall = min(pick(found[rows][0], kind, share)["recall"] for share in (1, 0.5, 0.1, 0.01))
            filtered = max(median([pick(result, kind, share)["p50"] for result in found[rows]]) for share in (0.5, 0.1, 0.01))
            if most:
                goals.append([f"p50, {kind}, {rows:,}", f"at most {most} ms", f"{middle:.3f} ms", verdict(middle <= most)])
            goals.append([f"recall@10, {kind}, {rows:,}, worst filter", f"at least {least}", f"{recall:.4f}", verdict(recall >= least)])
            goals.append([f"slowest filter, {kind}, {rows:,}", f"no slower than {middle:.3f} ms (within 5 %)", f"{filtered:.3f} ms", verdict(filtered <= middle * 1.05)])

    real_table(goals)
    other_tables(sizes, folders, builds, throughput, goals)
    say("## Peers")
    say()
    say("Ours is the mean of the medians right before and right after the peer. The ratio says how many times longer the peer takes.")
    say("hnswlib is compiled with -O3 -march=native (M 32, ef_construction 200); Debian's FAISS is a generic SSE2 build and sqlite-vec's has no AVX.")
    say()
    table(["rows", "peer", "queries", "peer's recall", "peer's p50", "our recall", "our p50", "ratio"], peers)
    say("## Goals")
    say()
    table(["what", "goal", "measured", ""], goals)
    say(f"Load when it ended {os.getloadavg()[0]:.1f}.")
    os.makedirs(f"{root}/benchmarks/results", exist_ok=True)
    with open(f"{root}/benchmarks/results/vectors.md", "w") as file:
        file.write("\n".join(lines) + "\n")


def hnsw_peers(folder, rows, dimension, segments, found, goals, label):
    before = found[-1]
    results = run(f"{work}/hnsw", rows, dimension, 32, 200, os.cpu_count(), folder, *segments)
    found.append(searched(folder, dimension))
    build = next(result for result in results if "build_cpu" in result)
    body = []
    for kind in SETS:
        sweep = [result for result in results if result.get("set") == kind]
        body += [[f"{rows:,}{label}"] + ratios(f"hnswlib ef {result['ef']}", result, before, found[-1]) for result in sweep]
        mine = pick(before, kind)
        time = (mine["p50"] + pick(found[-1], kind)["p50"]) / 2
        equal = next((result for result in sweep if result["recall"] >= mine["recall"] - 0.00005), None)
        if kind == "texts":
            shown = equal or sweep[-1]
            goals.append([
                f"hnswlib at our recall ({mine['recall']:.4f}), texts, {rows:,}{label}", "ours no slower",
                f"hnswlib {shown['p50']:.3f} ms at {shown['recall']:.4f} (ef {shown['ef']}{'' if equal else ', the largest tried, recall not reached'}), ours {time:.3f} ms",
                verdict(time <= shown["p50"])])
    say(f"hnswlib took {build['build_cpu']:.0f} s of processor time to build {rows:,} rows{label}.")
    say()
    return body


def real_table(goals):
    if not os.path.isdir(real_source):
        say("The real vectors are not beside this checkout; they are left out.")
        return
    folder = f"{work}/real"
    run(program, "vectors", "real", folder, real_source, REAL_ROWS)
    ours("optimise", folder, dimension=REAL_DIMENSION)
    ours("truth", folder, *SETS, dimension=REAL_DIMENSION)
    found = [searched(folder, REAL_DIMENSION)]
    segments = sorted(os.path.join(folder, "store", name) for name in os.listdir(f"{folder}/store") if name.startswith("vectors."))
    body = hnsw_peers(folder, REAL_ROWS, REAL_DIMENSION, segments, found, goals, " real")
    say("## Real CLIP vectors")
    say()
    say(f"{REAL_ROWS:,} rows of 512 dimensions: real pictures (clothes and patent drawings), each moved a third of the way between two others and")
    say("a little at random; asked by real pictures that were kept out and by real texts.")
    say()
    table(["rows", "queries", "filter passes", "recall@10", "p50", "p99", "rescored p50 / p99"], search_table(REAL_ROWS, found))
    table(["rows", "peer", "queries", "peer's recall", "peer's p50", "our recall", "our p50", "ratio"], body)
    for kind in SETS:
        recall = min(pick(found[0], kind, share)["recall"] for share in (1, 0.5, 0.1, 0.01))
        goals.append([f"recall@10, {kind}, {REAL_ROWS:,} real, worst filter", "at least 0.995", f"{recall:.4f}", verdict(recall >= 0.995)])


def other_tables(sizes, folders, builds, throughput, goals):
    say("## Threads, memory, building")
    say()
    body = []
    for rows in sizes:
        built, rate = builds[rows], throughput[rows]
        a_point = built["code_bytes"] / rows
        body.append([
            f"{rows:,}", f"{rate['one']:,}", f"{rate['two']:,}", f"{rate['ratio']:.2f}", built["width"], f"{a_point:.0f}",
            f"{built['model_bytes'] / 1e6:.1f}", f"{built['seconds']:.1f} / {built['cpu']:.1f}"])
        goals.append([f"two threads, {rows:,}", "at least 1.7×", f"{rate['ratio']:.2f}×", verdict(rate["ratio"] >= 1.7)])
        goals.append([f"code memory a point, {rows:,}", "at most 140 bytes", f"{a_point:.0f} bytes", verdict(a_point <= 140)])
    table(["rows", "queries/s, 1 thread", "2 threads", "ratio", "code width", "bytes a point", "model, MB", "learn and code, s wall / cpu"], body)

    say("## Durable appends")
    say()
    appends = ours("append", work)
    say("Beside each append the same bytes went to a plain file: waiting for the disk once is the least that makes rows durable, and twice is")
    say("what rows and a record in two files take.")
    say()
    table(
        ["rows a call", "rows/s", "call p50", "call p99", "plain file, one wait, rows/s", "p50", "two waits, rows/s", "p50"],
        [[r["batch"], f"{r['rows_per_second']:,}", f"{r['call_p50']:.3f}", f"{r['call_p99']:.3f}", f"{r['one_wait_rows_per_second']:,}",
          f"{r['one_wait_p50']:.3f}", f"{r['two_waits_rows_per_second']:,}", f"{r['two_waits_p50']:.3f}"] for r in appends])
    batch = next(r for r in appends if r["batch"] == 64)
    goals.append([
        "durable appends, batches of 64", "at least 100,000 rows/s",
        f"{batch['rows_per_second']:,} rows/s; a plain file here {batch['one_wait_rows_per_second']:,}", verdict(batch["rows_per_second"] >= 100_000)])

    say("## Cold open")
    say()
    say("A new process, built ahead of time as `./imagesearch` builds the program: from opening the store to ten hits. Beside it what plain")
    say("reading of the file of codes takes from the same state.")
    say()
    body = []
    largest = max(sizes)
    for kind in SETS:
        for caches in ("dropped", "warm"):
            if caches == "dropped":
                drop_cached(folders[largest])
            plain = read_codes(folders[largest])
            if caches == "dropped":
                drop_cached(folders[largest])
            result = ours("cold", folders[largest], kind)[0]
            body.append([f"{largest:,}", kind, caches, f"{result['opened']:.1f}", f"{result['answered']:.1f}", f"{result['again']:.1f}", f"{plain:.1f}"])
            if largest == 1_000_000:
                goals.append([f"first answer of a new process, {kind}, page cache {caches}, {largest:,}", "at most 100 ms", f"{result['answered']:.1f} ms; reading the codes {plain:.1f}", verdict(result["answered"] <= 100)])
    table(["rows", "queries", "page cache", "opened after", "answered after", "same query again", "codes, plain read"], body)


main()
