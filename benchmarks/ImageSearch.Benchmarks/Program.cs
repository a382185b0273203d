using ImageSearch.Benchmarks.Imaging;
using ImageSearch.Benchmarks.Indexing;
using ImageSearch.Benchmarks.Vectors;

return args switch
{
    ["imaging", .. string[] rest] => ImagingBenchmark.Run(rest),
    ["indexing", .. string[] rest] => await IndexingBenchmark.RunAsync(rest),
    ["vectors", .. string[] rest] => VectorBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: ImageSearch.Benchmarks imaging|indexing|vectors …");
    return 2;
}
