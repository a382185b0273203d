using ImageSearch.Benchmarks.Vectors;

return args switch
{
    ["vectors", .. string[] rest] => VectorBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: ImageSearch.Benchmarks vectors …");
    return 2;
}
