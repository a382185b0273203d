// Builds an hnswlib graph over rows and measures it: usage hnsw ROWS DIMENSION M EF_CONSTRUCTION THREADS SETS_FOLDER ROW_FILE...
// Compiled for the machine it runs on (-O3 -march=native). Prints lines of JSON.
#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

static std::vector<float> Floats(const std::string& path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<float> numbers(file.tellg() / sizeof(float));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(numbers.data()), numbers.size() * sizeof(float));
    return numbers;
}

static double Now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

static double ProcessorSeconds()
{
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char** arguments)
{
    size_t rows = std::stoul(arguments[1]), dimension = std::stoul(arguments[2]);
    size_t links = std::stoul(arguments[3]), construction = std::stoul(arguments[4]), threads = std::stoul(arguments[5]);
    std::string folder = arguments[6];
    std::vector<float> vectors;
    for (int file = 7; file < count; file++)
    {
        std::vector<float> part = Floats(arguments[file]);
        vectors.insert(vectors.end(), part.begin(), part.end());
    }

    hnswlib::InnerProductSpace space(dimension);
    hnswlib::HierarchicalNSW<float> graph(&space, rows, links, construction);
    double start = Now(), processor = ProcessorSeconds();
    graph.addPoint(vectors.data(), 0);
    std::atomic<size_t> next{1};
    std::vector<std::thread> builders;
    for (size_t thread = 0; thread < threads; thread++)
    {
        builders.emplace_back([&] {
            for (size_t row = next++; row < rows; row = next++)
            {
                graph.addPoint(vectors.data() + row * dimension, row);
            }
        });
    }

    for (auto& builder : builders)
    {
        builder.join();
    }

    std::printf("{\"m\":%zu,\"ef_construction\":%zu,\"build_seconds\":%.1f,\"build_cpu\":%.1f}\n", links, construction, (Now() - start) / 1e3, ProcessorSeconds() - processor);
    for (std::string set : {"pictures", "texts"})
    {
        std::vector<float> queries = Floats(folder + "/" + set + ".f32");
        std::vector<std::set<size_t>> truth;
        std::ifstream lines(folder + "/" + set + ".1.truth");
        for (std::string line; std::getline(lines, line);)
        {
            std::istringstream numbers(line);
            truth.emplace_back();
            for (size_t row; numbers >> row;)
            {
                truth.back().insert(row);
            }
        }

        for (size_t ef : {32, 64, 128, 256, 512, 1024, 2048, 4096})
        {
            graph.setEf(ef);
            std::vector<double> times;
            double found = 0;
            for (size_t query = 0; query < truth.size(); query++)
            {
                double before = Now();
                auto hits = graph.searchKnn(queries.data() + query * dimension, 10);
                times.push_back(Now() - before);
                for (; !hits.empty(); hits.pop())
                {
                    found += truth[query].count(hits.top().second);
                }
            }

            std::sort(times.begin(), times.end());
            std::printf("{\"set\":\"%s\",\"ef\":%zu,\"recall\":%.4f,\"p50\":%.3f,\"p99\":%.3f}\n", set.c_str(), ef, found / (10.0 * truth.size()), times[times.size() / 2], times[times.size() * 99 / 100]);
            std::fflush(stdout);
        }
    }
}
