using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Collections;

/// <summary>Where a collection on a Qdrant server lies: <c>qdrant://host:6333/name</c>, or <c>qdrants://</c> over TLS.</summary>
public sealed record QdrantAddress
{
    private const string Plain = "qdrant";
    private const string Secure = "qdrants";
    private const int DefaultPort = 6333;
    private const int LongestName = 255;
    private const int LongestFileName = 200;

    private static readonly SearchValues<char> NotInNames = SearchValues.Create("<>:\"/\\|?*\0\u001F");

    private QdrantAddress(Uri server, string collection) => (Server, Collection) = (server, collection);

    /// <summary>A name for a file that belongs to the collection.</summary>
    public string FileName => Uri.EscapeDataString(ToString()) is { Length: > LongestFileName } whole
        ? $"{whole[..(LongestFileName - 17)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..16]}"
        : Uri.EscapeDataString(ToString());

    /// <summary>What addresses look like, for messages.</summary>
    public const string Form = "qdrant://host:6333/name, or qdrants://host:6333/name over TLS";

    /// <summary>The server's REST API, <c>http</c> or <c>https</c>.</summary>
    public Uri Server { get; }

    /// <summary>Name of the collection on the server, or of an alias of it.</summary>
    public string Collection { get; }

    /// <summary>Reads an address.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out QdrantAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not (Plain or Secure)
            || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return false;
        }

        var name = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAny(NotInNames))
        {
            return false;
        }

        var port = uri.Port < 0 ? DefaultPort : uri.Port;
        address = new QdrantAddress(new UriBuilder(uri.Scheme == Secure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, uri.Host, port).Uri, name);
        return true;
    }

    /// <summary>The address of another collection on the same server.</summary>
    public QdrantAddress Of(string collection) => new(Server, collection);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Server.Scheme == Uri.UriSchemeHttps ? Secure : Plain)}://{Server.Authority}{(Server.IsDefaultPort ? $":{Server.Port}" : "")}/{Uri.EscapeDataString(Collection)}";
}
