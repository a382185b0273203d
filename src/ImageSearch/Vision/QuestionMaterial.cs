using System.Security.Cryptography;
using ImageSearch.Imaging;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>Makes the pictures and documents of a question ready for a model, within what it takes and what they may cost together.</summary>
/// <param name="model">Who looks at them.</param>
/// <param name="modelId">Its id.</param>
/// <param name="limits">Ceilings for pictures.</param>
internal sealed class QuestionMaterial(VisionModel model, string modelId, ImageLimits limits)
{
    /// <summary>Most tokens of one picture: what Claude looks at without making it smaller itself.</summary>
    public const int MostTokensOfPicture = 1600;

    /// <summary>Most tokens of all pictures of a question.</summary>
    public const int MostTokensOfPictures = 16_000;

    /// <summary>Most documents of a question, by Amazon Bedrock's limits.</summary>
    public const int MostDocuments = 5;

    private const int MostBytesOfDocument = 4_500_000;
    private const int LongestSide = 1568;
    private const int HeaderWithin = 1024;

    /// <summary>Whether a file is a PDF.</summary>
    public static bool IsDocument(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, HeaderWithin)].IndexOf("%PDF-"u8) >= 0;

    /// <summary>How large each of so many pictures is shown.</summary>
    public static PictureSize SizeOf(int pictures) => new(LongestSide, Math.Min(MostTokensOfPicture, MostTokensOfPictures / Math.Max(1, pictures)));

    /// <summary>SHA-256 of files, in lower-case hexadecimal.</summary>
    public static IReadOnlyList<string> HashesOf(IEnumerable<ReadOnlyMemory<byte>> files) => [.. files.Select(file => Convert.ToHexStringLower(SHA256.HashData(file.Span)))];

    /// <summary>Refuses what the model does not take, before anything is decoded.</summary>
    /// <exception cref="QuestionException">There is too much, or a document that is too large or not for this model.</exception>
    public void Check(IReadOnlyList<ReadOnlyMemory<byte>> files)
    {
        var documents = files.Where(file => IsDocument(file.Span)).ToList();
        if (documents.Count > 0 && !model.TakesDocuments)
        {
            throw new QuestionException($"{modelId} takes no documents. Set Vision:Model to a Claude model, for example {VisionModel.DefaultId}, or give the pages as pictures.");
        }

        if (documents.Count > MostDocuments)
        {
            throw new QuestionException($"There are {documents.Count} documents, and a question takes at most {MostDocuments}. Ask about fewer at once.");
        }

        if (documents.Find(document => document.Length > MostBytesOfDocument) is { Length: > 0 } large)
        {
            throw new QuestionException($"A document has {large.Length} bytes, and a question takes documents of at most {MostBytesOfDocument}. Give the pages that matter, as a smaller PDF or as pictures.");
        }

        if (files.Count - documents.Count is var pictures && pictures > model.MostPictures)
        {
            throw new QuestionException($"There are {pictures} pictures, and a question to {modelId} takes at most {model.MostPictures}. Ask about fewer at once; `search --judge` looks at more, one by one.");
        }
    }

    /// <summary>Fits files for the model, in their order.</summary>
    /// <exception cref="QuestionException">One is neither a picture that can be read nor a PDF.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public async Task<IReadOnlyList<DataContent>> FitAsync(IReadOnlyList<ReadOnlyMemory<byte>> files, CancellationToken cancellationToken)
    {
        var fitted = new DataContent[files.Count];
        var size = SizeOf(files.Count(file => !IsDocument(file.Span)));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, files.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            (index, stopping) =>
            {
                fitted[index] = Fit(files[index], index, size, stopping);
                return ValueTask.CompletedTask;
            });
        return fitted;
    }

    private DataContent Fit(ReadOnlyMemory<byte> file, int index, PictureSize size, CancellationToken cancellationToken)
    {
        try
        {
            return IsDocument(file.Span) ? new DataContent(file, "application/pdf") : ShownPicture.Of(file, model, size, limits, cancellationToken).Content;
        }
        catch (ImageFormatException failure)
        {
            throw new QuestionException($"File {index + 1} cannot be shown: {failure.Message} Give pictures that can be read, or PDFs.", failure);
        }
    }
}
