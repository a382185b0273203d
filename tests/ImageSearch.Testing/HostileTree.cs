using System.Diagnostics;
using System.Net.Sockets;

namespace ImageSearch.Testing;

/// <summary>A folder with what breaks indexers: link loops, FIFOs, sockets, names that are no text, paths that are too long. Linux only.</summary>
public sealed class HostileTree : IDisposable
{
    private readonly TempFolder _temp = new();

    public HostileTree()
    {
        Root = Path.Join(_temp.Path, "tree");
        foreach (var (path, seed) in Ordinary.Select((path, seed) => (path, seed)))
        {
            TinyPicture.Write(Path.Join(Root, path), seed);
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Shell($$"""
            set -e
            cd '{{Root}}'
            mkfifo fifo.jpg
            ln -s .. loops; ln -s . itself; ln -s '{{Root}}/plain.bmp' link.bmp; ln -s /nowhere dangling.jpg; ln -s /etc outside
            cp plain.bmp "$(printf 'bad\377name.bmp')"; cp plain.bmp "$(printf 'bad\376name.bmp')"
            mkdir "$(printf 'folder\377')"; cp plain.bmp "$(printf 'folder\377/within.bmp')"
            cp plain.bmp ._plain.bmp; cp plain.bmp .hidden.bmp; mkdir @eaDir .cache; cp plain.bmp @eaDir/thumb.bmp; cp plain.bmp .cache/x.bmp
            : > Thumbs.db; : > empty.jpg; : > empty.txt; echo text > notes.txt; echo no picture > lying.jpg
            truncate -s 10G sparse.jpg
            mkdir long; cd long
            name=$(printf 'd%.0s' $(seq 200))
            for i in $(seq 40); do mkdir "$name"; cd "$name"; done
            cp '{{Root}}/plain.bmp' deep.bmp
            """);

        // The path of a socket may have 108 bytes at most.
        var short_ = Path.Join(_temp.Path, "s");
        socket.Bind(new UnixDomainSocketEndPoint(short_));
        File.Move(short_, Path.Join(Root, "socket.png"));
    }

    /// <summary>The root of the tree.</summary>
    public string Root { get; }

    /// <summary>Names that look hostile and are not: every one is a picture that must be indexed.</summary>
    public static IReadOnlyList<string> Ordinary { get; } =
    [
        "plain.bmp", "new\nline.bmp", "tab\there.bmp", "right\u202Eleft.bmp", "emoji \U0001F600.bmp", "caf\u00E9.bmp", "cafe\u0301.bmp", "-rf.bmp",
        "back\\slash.bmp", "quote'and\"quote.bmp", " space .bmp", "UPPER.BMP", "upper.bmp", "%2e%2e.bmp", "trailing.bmp.", "no-extension",
        "wrong.txt", "2024/Rome Trip/a.bmp", "2024/Rome Trip/b c.bmp", new string('n', 251) + ".bmp",
    ];

    public void Dispose()
    {
        // Only rm can delete a path that is longer than the system takes in one call.
        Shell($"rm -rf '{Root}'");
        _temp.Dispose();
    }

    private static void Shell(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true })!;
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        if (shell.ExitCode != 0)
        {
            throw new InvalidOperationException($"The hostile tree cannot be made: {errors}");
        }
    }
}
