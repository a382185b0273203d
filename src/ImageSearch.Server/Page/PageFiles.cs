using System.Collections.Frozen;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Server.Page;

/// <summary>
/// Answers with the files of the page, compressed once for all who take that. Only these go compressed: they hold no secret that the length
/// of an answer could tell. A browser asks each time whether its copy is still right, so that the modules of two versions never meet.
/// </summary>
internal sealed class PageFiles
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly FrozenDictionary<string, (string Type, Lazy<IReadOnlyList<PageFile>> Codings)> _files;

    /// <param name="folder">Where the files lie.</param>
    public PageFiles(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            path => "/" + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'),
            path => (TypeOf(path), new Lazy<IReadOnlyList<PageFile>>(() => PageFile.Read(path))));
        files["/"] = files["/index.html"];
        _files = files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Answers where a file is asked for, and lets everything else on.</summary>
    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || !_files.TryGetValue(request.Path.Value ?? "", out var file))
        {
            return next(context);
        }

        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var chosen = file.Codings.Value.First(coded => coded.Coding is null || Takes(accepted, coded.Coding));
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (chosen.Coding is { } coding)
        {
            headers.ContentEncoding = coding;
        }

        return TypedResults.Bytes(chosen.Bytes, file.Type, entityTag: chosen.Tag).ExecuteAsync(context);
    }

    private static string TypeOf(string path) => Types.TryGetContentType(path, out var type) ? type : "application/octet-stream";

    private static bool Takes(IList<StringWithQualityHeaderValue> accepted, string coding) =>
        accepted.FirstOrDefault(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { Quality: not 0 };
}
