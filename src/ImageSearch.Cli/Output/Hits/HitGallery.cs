using ImageSearch.Cli.Output.Graphics;
using ImageSearch.Collections;
using ImageSearch.Imaging;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>Prints hits one by one, each with its picture below it.</summary>
internal sealed class HitGallery(Terminal terminal, HitTable table, ThumbnailProtocol protocol, ImageLimits limits)
{
    private const int ThumbnailSide = 192;

    /// <summary>Prints the hits.</summary>
    public async Task WriteAsync(Answer answer, CancellationToken cancellationToken)
    {
        foreach (var hit in answer.Page.Hits)
        {
            table.WriteOne(answer, hit);
            if (await ReadAsync(answer.Files, hit.Picture, cancellationToken) is { } pixels)
            {
                Draw(pixels);
            }
        }
    }

    private void Draw(ImagePixels pixels)
    {
        if (protocol == ThumbnailProtocol.Kitty)
        {
            KittyGraphics.Draw(terminal.Out, pixels);
        }
        else
        {
            SixelGraphics.Draw(terminal.Out, pixels);
        }

        terminal.Out.WriteLine();
        terminal.Out.Flush();
    }

    /// <summary>The picture made small; null where its file is no longer there or no longer a picture.</summary>
    private async Task<ImagePixels?> ReadAsync(LibraryFiles files, ImagePayload picture, CancellationToken cancellationToken)
    {
        try
        {
            return ImageDecoder.Decode(await File.ReadAllBytesAsync(files.PathOf(picture), cancellationToken), ThumbnailSide, limits, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageFormatException)
        {
            return null;
        }
    }
}
