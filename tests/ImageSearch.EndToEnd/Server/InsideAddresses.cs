namespace ImageSearch.EndToEnd.Server;

/// <summary>A hundred and more ways to have the server ask for what only it can reach.</summary>
internal static class InsideAddresses
{
    /// <summary>Names that lead inside.</summary>
    public static IReadOnlyList<(string Name, string Address)> Names { get; } =
    [
        ("localhost", "127.0.0.1"), ("localhost.localdomain", "127.0.0.1"), ("ip6-localhost", "::1"), ("metadata.google.internal", "169.254.169.254"),
        ("metadata", "169.254.169.254"), ("instance-data", "169.254.169.254"), ("kubernetes.default.svc", "10.96.0.1"), ("host.docker.internal", "192.168.65.2"),
        ("127.0.0.1.nip.io", "127.0.0.1"), ("localtest.me", "127.0.0.1"), ("spoofed.example", "10.1.2.3"), ("six.example", "fd00::1"), ("mapped.example", "::ffff:127.0.0.1"),
        ("nat64.example", "64:ff9b::7f00:1"), ("sixtofour.example", "2002:7f00:1::"), ("teredo.example", "2001::1"), ("link.example", "fe80::1"), ("many.example", "224.0.0.1"),
        ("all.example", "255.255.255.255"), ("none.example", "0.0.0.0"), ("xn--bcher-kva.example", "127.0.0.1"),
    ];

    private static readonly string[] Hosts =
    [
        "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0x7f.1", "127.0.0.1.", "127.000.000.001",
        "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1",
        "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "0.1.2.3",
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]",
        "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001::1]", "[2001:db8::1]", "[2001:10::1]", "[2001:20::1]", "[3fff::1]", "[5f00::1]", "[100::1]", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25eth0]", "[fec0::1]", "[ff02::1]", "[ff0e::1]",
        "nowhere.example", "①②⑦.⓪.⓪.①", "127。0。0。1",
    ];

    private static readonly string[] Others =
    [
        "file:///etc/passwd", "file://localhost/etc/passwd", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/stat", "ftp://127.0.0.1/", "ldap://127.0.0.1/", "tftp://127.0.0.1/x", "data:image/png;base64,AAAA",
        "javascript:alert(1)", "jar:http://127.0.0.1!/", "ws://127.0.0.1/", "unix:///var/run/docker.sock", "http+unix://%2Fvar%2Frun%2Fdocker.sock/", "about:blank", "", " ", "http://", "http:///", "//127.0.0.1/", "/etc/passwd", "public.example",
        "http://user@public.example/", "http://user:password@public.example/", "http://public.example@127.0.0.1/", "http://127.0.0.1@public.example/", "http://public.example:22/", "http://public.example:8080/", "http://public.example:0/", "http://public.example:65536/",
        "http://public.example:6379/", "http://127.0.0.1:80\\@public.example/", "http://127.0.0.1#@public.example/", "http://127.0.0.1?@public.example/", "http://[::1", "https://public.example:80@127.0.0.1/",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Hosts.Select(host => $"http://{host}/"), .. Names.Select(name => $"http://{name.Name}/"), "https://127.0.0.1/", "https://[::1]/", "http://LOCALHOST/", "http://localhost./", .. Others];
}
