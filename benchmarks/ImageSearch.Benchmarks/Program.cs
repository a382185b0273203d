using ImageSearch.Benchmarks.Searching;
using ImageSearch.Benchmarks.Vectors;

return args switch
{
    ["searching", .. string[] rest] => await SearchBenchmark.RunAsync(rest),
    ["vectors", .. string[] rest] => VectorBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: ImageSearch.Benchmarks vectors … | searching [POINTS]");
    return 2;
}
