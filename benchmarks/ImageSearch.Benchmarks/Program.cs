using ImageSearch.Benchmarks.Imaging;
using ImageSearch.Benchmarks.Vectors;

return args switch
{
    ["imaging", .. string[] rest] => ImagingBenchmark.Run(rest),
    ["vectors", .. string[] rest] => VectorBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: ImageSearch.Benchmarks imaging|vectors …");
    return 2;
}
