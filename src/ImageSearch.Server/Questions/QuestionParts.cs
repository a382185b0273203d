using ImageSearch.Collections;
using ImageSearch.Searching;
using ImageSearch.Server.Pictures;

namespace ImageSearch.Server.Questions;

/// <summary>Gathers the parts of questions: indexed pictures by id, uploaded ones by name, hits of searches. No other file is ever read.</summary>
internal sealed class QuestionParts(ServedCollection served, UploadedPictures uploads, ImageSearchHome home)
{
    private const int UsualHits = 4;
    private const int MostHits = 20;
    private const long MostBytes = 200L << 20;

    /// <summary>The parts that are named, in order.</summary>
    /// <exception cref="BadHttpRequestException">One is not there, or names nothing or two things.</exception>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async Task<GatheredParts> GatherAsync(string? words, IReadOnlyList<AskedPart?> asked, CancellationToken cancellationToken)
    {
        var gathered = new GatheredParts(MostBytes);
        if (words is not null)
        {
            gathered.Add(words);
        }

        await using var lease = await served.BorrowAsync(cancellationToken);
        foreach (var part in asked)
        {
            switch (part)
            {
                case { Id: { } id, Upload: null, Text: null }:
                    gathered.Add(id.ToString(), await ReadAsync(lease.Collection, id, cancellationToken));
                    break;
                case { Id: null, Upload: { } upload, Text: null }:
                    gathered.Add(upload, await uploads.ReadAsync(upload, cancellationToken) ?? throw Missing("There is no such uploaded picture, or no longer. Upload it again."));
                    break;
                case { Id: null, Upload: null, Text: { } text }:
                    gathered.Add(text);
                    break;
                default:
                    throw new BadHttpRequestException("Each of 'pictures' is either an 'id', an 'upload' or a 'text'. Give one of the three.");
            }
        }

        return gathered;
    }

    /// <summary>Adds the best hits of a query; those whose file is gone are left out, and noted.</summary>
    /// <exception cref="BadHttpRequestException">The number is none.</exception>
    /// <exception cref="QueryException">The query cannot be understood or answered.</exception>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async Task AddHitsAsync(GatheredParts gathered, string query, int? top, CancellationToken cancellationToken)
    {
        if (top is not (null or >= 1 and <= MostHits))
        {
            throw new BadHttpRequestException($"The number of hits is {top}. Ask about 1 to {MostHits}.");
        }

        await using var lease = await served.BorrowAsync(cancellationToken);
        var planned = home.PlannerOf(lease.Collection).ReadUsually(QueryParser.Parse(query));
        var page = await lease.Searcher.SearchAsync(planned with { Limit = top ?? UsualHits }, cancellationToken);
        foreach (var picture in page.Hits.Select(hit => hit.Picture))
        {
            try
            {
                gathered.Add(PointId.Of(picture.Library, picture.Path).ToString(), await home.Questions.ReadAsync(picture, cancellationToken));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                gathered.Note($"{picture.Library}/{picture.Path} cannot be read, and is left out.");
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(IImageCollection collection, Guid id, CancellationToken cancellationToken)
    {
        if (await collection.GetAsync([id], VectorInclusion.Without, cancellationToken) is not [var point])
        {
            throw Missing($"There is no picture {id}.");
        }

        try
        {
            return await home.Questions.ReadAsync(point.Payload, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Missing($"The file of the picture {id} is not there, or cannot be read.");
        }
    }

    private static BadHttpRequestException Missing(string message) => new(message, StatusCodes.Status404NotFound);
}
