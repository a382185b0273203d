using System.Security.Cryptography;
using System.Text;
using ImageSearch.Settings;

namespace ImageSearch.Server.Safety;

/// <summary>The keys that are known, as hashes; compared in a time that tells nothing about them.</summary>
internal sealed class ApiKeys
{
    /// <summary>Shortest key: guessing one of this length is hopeless at any rate.</summary>
    public const int ShortestKey = 16;

    private readonly List<(byte[] Hash, Access Access)> _keys = [];

    /// <summary>The keys of the settings and of the files that they name.</summary>
    /// <exception cref="SettingException">A key is too short, or a file cannot be read or holds none.</exception>
    public ApiKeys(SafetyOptions options)
    {
        Add("Server:ReadKey", options.ReadKey, Access.Read);
        Add("Server:WriteKey", options.WriteKey, Access.Write);
        AddFile("Server:ReadKeyFile", options.ReadKeyFile, Access.Read);
        AddFile("Server:WriteKeyFile", options.WriteKeyFile, Access.Write);
    }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>What the key opens; nothing when it is none of those that are known.</summary>
    public Access AccessOf(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        var access = Access.Nothing;

        // Every key is looked at, whichever it is.
        foreach (var known in _keys)
        {
            access = CryptographicOperations.FixedTimeEquals(known.Hash, hash) && known.Access > access ? known.Access : access;
        }

        return access;
    }

    private void AddFile(string setting, string? path, Access access)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            var before = _keys.Count;
            Add(setting, File.ReadAllText(path), access);
            if (_keys.Count == before)
            {
                throw new SettingException($"{setting} names {path}, which holds no key. Write one into it, for example with: openssl rand -hex 32");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{setting} names {path}, which cannot be read: {failure.Message} Check the path and its permissions.");
        }
    }

    private void Add(string setting, string? text, Access access)
    {
        foreach (var key in (text ?? "").Split([',', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (key.Length < ShortestKey)
            {
                throw new SettingException(
                    $"{setting} has a key of {key.Length} characters; the least is {ShortestKey}. Make one that nobody guesses, for example with: openssl rand -hex 32");
            }

            _keys.Add((SHA256.HashData(Encoding.UTF8.GetBytes(key)), access));
        }
    }
}
