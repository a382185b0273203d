using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Server.Pictures;

/// <summary>The one picture in the body of a request: the body itself, or the first file of a form.</summary>
internal static class UploadBody
{
    /// <summary>Room for the parts of a form around its file.</summary>
    public const int FormBytes = 64 << 10;

    private const int LongestBoundary = 128;
    private const int FirstBuffer = 256 << 10;

    /// <summary>Reads the picture.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">Most bytes of the picture.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BadHttpRequestException">It is too long, or a form without a file.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes + FormBytes)
        {
            throw TooLarge(maxBytes);
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? await ReadFormAsync(request, HeaderUtilities.RemoveQuotes(type.Boundary).Value, maxBytes, cancellationToken)
            : await ReadAsync(request.Body, request.ContentLength, maxBytes, cancellationToken);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="BadHttpRequestException">It is longer than allowed.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, long? length, long maxBytes, CancellationToken cancellationToken)
    {
        // The length is what the other side says: room is made for no more than it has sent.
        using var bytes = new MemoryStream((int)Math.Min(length ?? FirstBuffer, FirstBuffer));
        var buffer = new byte[FirstBuffer / 4];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (bytes.Length + read > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadFormAsync(HttpRequest request, string? boundary, long maxBytes, CancellationToken cancellationToken)
    {
        if (boundary is not { Length: > 0 and <= LongestBoundary })
        {
            throw new BadHttpRequestException("The form has no boundary between its parts, or one that is too long.");
        }

        try
        {
            var parts = new MultipartReader(boundary, request.Body);
            while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                if (part.GetContentDispositionHeader()?.IsFileDisposition() == true)
                {
                    return await ReadAsync(part.Body, length: null, maxBytes, cancellationToken);
                }
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException($"The form cannot be read: {failure.Message}", StatusCodes.Status400BadRequest, failure);
        }

        throw new BadHttpRequestException("The form holds no file. Send the picture as a file, or as the body itself.");
    }

    private static BadHttpRequestException TooLarge(long maxBytes) =>
        new($"The picture has more than {maxBytes:N0} bytes, which is the limit for a picture.", StatusCodes.Status413PayloadTooLarge);
}
