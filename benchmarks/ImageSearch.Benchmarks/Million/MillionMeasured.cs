namespace ImageSearch.Benchmarks.Million;

/// <summary>What one run was measured at. Sizes are bytes.</summary>
/// <param name="Collection">The kind of collection.</param>
/// <param name="Points">Points written.</param>
/// <param name="WriteSeconds">Seconds within writes.</param>
/// <param name="ProcessorSeconds">Seconds of processor time that the process took until all was written, the making of the points too.</param>
/// <param name="TidySeconds">Seconds within the tidying at the end, which brings what searches read up to date.</param>
/// <param name="PeakOwn">Most memory of the process's own, up to the end of the searches.</param>
/// <param name="PeakManaged">Most that the managed heap had committed.</param>
/// <param name="OwnAfterWrites">Memory of its own when all was written.</param>
/// <param name="OfFiles">Resident pages of mapped files at the end: of the index, and of program code.</param>
/// <param name="PeakResident">Most resident pages, those of mapped files too.</param>
/// <param name="Codes">Codes of the vectors, as the collection says; they are a mapped file.</param>
/// <param name="OnDisk">All files of the collection; 0 where it lies on a server.</param>
/// <param name="ByMeaning">Milliseconds of searches by meaning alone.</param>
/// <param name="ByWords">Milliseconds of searches by words alone.</param>
internal sealed record MillionMeasured(
    string Collection,
    long Points,
    double WriteSeconds,
    double ProcessorSeconds,
    double TidySeconds,
    long PeakOwn,
    long PeakManaged,
    long OwnAfterWrites,
    long OfFiles,
    long PeakResident,
    long Codes,
    long OnDisk,
    SearchTimes ByMeaning,
    SearchTimes ByWords);

/// <summary>Times of many searches, in milliseconds.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Slow">The one that 95 of 100 are not slower than.</param>
internal sealed record SearchTimes(double Median, double Slow);
