using System.Text;
using ImageSearch.Imaging;
using ImageSearch.Imaging.Native;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>CPU of a call in the client, beside the official JavaScript client: each round in a process of its own, in turn.</summary>
internal static class Overhead
{
    private const int Rounds = 5;
    private const int WarmUps = 500;
    private const int Calls = 500;
    private const int Width = 16;
    private const int PictureBytes = 100_000;

    internal static string Run()
    {
        var machine = BedrockBenchmark.Machine();
        using var server = new BedrockServer(0);
        var picture = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(picture, Picture());
        try
        {
            var text = new StringBuilder();
            text.AppendLine($"""
                CPU, user and system, of the client process for each call of InvokeModel with `amazon.titan-embed-image-v1`: from the bytes of the picture or the
                text to the 1,024 numbers of the vector; ours are also checked and brought to unit length. {Width} calls at once, {Calls} calls after {WarmUps} that warm up, {Rounds}
                rounds in turn, each in a process of its own; medians. The official client is `@aws-sdk/client-bedrock-runtime` on Node.js. {machine}

                | input | client | CPU ms a call | least to most | ratio to the official client over HTTP/1.1 |
                |---|---|---|---|---|
                """);
            AppendRows(text, server, "a JPEG of 100,000 bytes", picture);
            AppendRows(text, server, "a text of 27 characters", "-");
            text.AppendLine();
            text.AppendLine("The goal is a ratio of at most 1.2.");
            return text.ToString();
        }
        finally
        {
            File.Delete(picture);
        }
    }

    private static void AppendRows(StringBuilder text, BedrockServer server, string name, string input)
    {
        var peer = Path.Combine(BedrockBenchmark.FindRoot(), "benchmarks", "peers", "bedrock", "round.mjs");
        string[] numbers = [.. new[] { WarmUps, Calls, Width }.Select(number => BedrockBenchmark.Number(number, "0"))];
        (string Name, Func<BedrockClient> Start, List<double> Milliseconds)[] clients =
        [
            ("official, HTTP/1.1", () => BedrockClient.StartProgram(server, ["node", peer, server.Http1, "http1", input, .. numbers]), []),
            ("official, as it comes (HTTP/2)", () => BedrockClient.StartProgram(server, ["node", peer, server.Http2, "default", input, .. numbers]), []),
            ("ImageSearch, HTTP/1.1", () => BedrockClient.Start(server, ["calls", input, .. numbers]), []),
        ];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (_, start, milliseconds) in clients)
            {
                using var client = start();
                milliseconds.Add(client.Report().CpuSeconds * 1000 / Calls);
            }
        }

        foreach (var (client, _, milliseconds) in clients)
        {
            var ratio = Median(milliseconds) / Median(clients[0].Milliseconds);
            text.AppendLine(FormattableString.Invariant(
                $"| {name} | {client} | {Median(milliseconds):0.00} | {milliseconds.Min():0.00} to {milliseconds.Max():0.00} | {ratio:0.00} |"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Noise, whose quality is turned up until the JPEG has the size, and filled up with a comment to the byte.</summary>
    private static byte[] Picture()
    {
        // libvips must be started before its operations are called directly.
        _ = ImageLibrary.Version;
        var rgb = new byte[640 * 480 * 3];
        new Random(1).NextBytes(rgb);
        using var image = VipsImage.FromPixels(new ImagePixels(640, 480, rgb));
        byte[] jpeg = [];
        for (var quality = 10; ; quality++)
        {
            using var save = new VipsOperation("jpegsave_buffer");
            save.SetImage("in", image);
            save.Set($"Q={quality}");
            var larger = save.RunToBytes();
            if (larger.Length > PictureBytes - 4)
            {
                return MegapixelPictures.WithComment(jpeg, new byte[PictureBytes - jpeg.Length - 4]);
            }

            jpeg = larger;
        }
    }
}
