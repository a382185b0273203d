using ImageSearch.Benchmarks.Imaging;

switch (args)
{
    case ["imaging", .. var rest]:
        return ImagingBenchmark.Run(rest);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/ImageSearch.Benchmarks -- imaging");
        return 2;
}
