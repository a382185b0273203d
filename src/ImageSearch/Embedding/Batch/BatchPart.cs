namespace ImageSearch.Embedding.Batch;

/// <summary>How far a part is.</summary>
internal enum BatchPartState
{
    /// <summary>Its file is whole on this machine.</summary>
    Prepared,

    /// <summary>Its file is in S3. A job may have been submitted: then the service knows one of the part's name.</summary>
    Uploaded,

    /// <summary>Its job is known.</summary>
    Submitted,
}

/// <summary>Pictures that are sent together: one file of records, one job.</summary>
/// <param name="Id">Names file and job, and makes submitting it twice the same as once.</param>
/// <param name="Model">The embedding model's id.</param>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Records">The number of pictures.</param>
/// <param name="Location">The folder in S3.</param>
/// <param name="RoleArn">The role that the service takes on.</param>
internal sealed record BatchPart(string Id, string Model, int Dimension, int Records, S3Location Location, string RoleArn)
{
    public BatchPartState State { get; init; }

    /// <summary>The job's ARN once it is submitted.</summary>
    public string? JobArn { get; init; }

    /// <summary>The name of the job.</summary>
    public string JobName => $"imagesearch-{Id}";

    /// <summary>The name of the file, on this machine and in S3.</summary>
    public string FileName => $"{Id}.jsonl";

    /// <summary>The key of the input below <see cref="Location"/>.</summary>
    public string InputName => $"input/{FileName}";

    /// <summary>The key of the output below <see cref="Location"/>, which the service makes of the job's id and the input's name.</summary>
    public string OutputName => $"output/{JobArn?[(JobArn.LastIndexOf('/') + 1)..]}/{FileName}.out";
}

/// <summary>A picture in a part.</summary>
/// <param name="Number">Its record's number, from 0.</param>
/// <param name="Sha256">SHA-256 of the original bytes, lower-case hexadecimal.</param>
/// <param name="Path">Path below the root of its library, for people.</param>
internal sealed record BatchEntry(int Number, string Sha256, string Path)
{
    /// <summary>Eleven letters and digits: older pages of the service ask for exactly so many.</summary>
    public string RecordId => $"R{Number:D10}";
}
