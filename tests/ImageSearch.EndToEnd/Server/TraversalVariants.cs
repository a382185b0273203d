namespace ImageSearch.EndToEnd.Server;

/// <summary>Two hundred and more ways to ask for a file outside.</summary>
internal static class TraversalVariants
{
    private static readonly string[] Ups = ["..", "%2e%2e", "%252e%252e", "..%00", ".%2e", "%c0%ae%c0%ae", "%uff0e%uff0e", "．．", "....", ".. ", "..;", "..."];

    private static readonly string[] Separators = ["/", "%2f", "%252f", "\\", "%5c", "%255c", "//", "%c0%af", "∕", "／"];

    private static readonly string[] Whole =
    [
        "/etc/passwd", "//etc/passwd", "///etc/passwd", "\\etc\\passwd", "C:\\Windows\\win.ini", "C:/Windows/win.ini", "c:win.ini", "\\\\server\\share\\secret.png",
        "//server/share/secret.png", "\\\\?\\C:\\secret.png", "\\\\.\\pipe\\x", "file:///etc/passwd", "file://localhost/etc/passwd", "~/secret.png", "~root/.ssh/id_rsa",
        "$HOME/secret.png", "%HOME%/secret.png", "secret.png%00.jpg", "secret.png\0.jpg", "./../secret.png", "/./../secret.png", "a/../../secret.png", "a/./../../secret.png",
        "linked/secret.png", "LINKED/secret.png", "link.png", "linked", "linked/", "linked/../secret.png", ".", "..", "/", "//", "", " ", "%", "%2", "%zz", "con", "nul", "aux.png",
        "secret.png::$DATA", "secret.png.", "secret.png ", "pictures-evil/secret.png", "../pictures-evil/secret.png", "/proc/self/environ", "/proc/self/fd/0", "/dev/zero", "/dev/stdin",
        "fifo.png", "00000000-0000-0000-0000-000000000000/../../secret.png", "{00000000-0000-0000-0000-000000000000}", "00000000000000000000000000000000",
        "00000000-0000-0000-0000-000000000000%00", "00000000-0000-0000-0000-00000000000g", "-1", "0", "1e308", "id:1",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Ups.SelectMany(_ => Separators, (up, separator) => string.Concat(Enumerable.Repeat(up + separator, 3)) + "secret.png"),
        .. Separators.Select(separator => $"..{separator}secret.png"),
        .. Whole,
        .. Enumerable.Range(1, 20).Select(depth => string.Concat(Enumerable.Repeat("../", depth)) + "etc/passwd"),
        string.Concat(Enumerable.Repeat("../", 1_000)) + "etc/passwd",
        new string('a', 5_000),
        string.Concat(Enumerable.Repeat("a/", 1_000)) + "secret.png",
    ];
}
