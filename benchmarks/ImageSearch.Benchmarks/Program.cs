using ImageSearch.Benchmarks.Bedrock;
using ImageSearch.Benchmarks.Imaging;
using ImageSearch.Benchmarks.Indexing;
using ImageSearch.Benchmarks.Million;
using ImageSearch.Benchmarks.Qdrant;
using ImageSearch.Benchmarks.Searching;
using ImageSearch.Benchmarks.Serving;
using ImageSearch.Benchmarks.Vectors;
using ImageSearch.Benchmarks.Vision;

return args switch
{
    ["bedrock", .. string[] rest] => await BedrockBenchmark.RunAsync(rest),
    ["million", .. string[] rest] => await MillionBenchmark.RunAsync(rest),
    [MillionRun.Verb, .. string[] rest] => await MillionRun.RunAsync(rest),
    ["imaging", .. string[] rest] => ImagingBenchmark.Run(rest),
    ["indexing", .. string[] rest] => await IndexingBenchmark.RunAsync(rest),
    ["qdrant", .. string[] rest] => await QdrantBenchmark.RunAsync(rest),
    [QdrantSink.Verb, .. string[] rest] => await QdrantSink.RunAsync(rest),
    ["searching", .. string[] rest] => await SearchBenchmark.RunAsync(rest),
    ["serving", .. string[] rest] => await ServingBenchmark.RunAsync(rest),
    ["vectors", .. string[] rest] => VectorBenchmark.Run(rest),
    ["vision", .. string[] rest] => await VisionBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: ImageSearch.Benchmarks bedrock [throughput | storm | overhead] | imaging … | indexing [--count FILES] | million [POINTS] | qdrant [POINTS] | searching [POINTS] | searching cold [POINTS] | serving [POINTS] | vectors … | vision");
    return 2;
}
