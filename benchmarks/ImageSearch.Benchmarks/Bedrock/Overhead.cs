using System.Diagnostics;
using System.Globalization;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>CPU of a call in the client, beside the official JavaScript client: each round in a process of its own, in turn.</summary>
internal static class Overhead
{
    private const int Rounds = 2;
    private const int WarmUps = 1000;
    private const int Calls = 1000;
    private const int Width = 16;

    internal static string Run()
    {
        using var server = new BedrockServer(0);
        var picture = Path.GetTempFileName();
        File.WriteAllBytes(picture, PictureOf100Kilobytes());
        var peer = Path.Combine(BedrockBenchmark.FindRoot(), "benchmarks", "peers", "bedrock", "round.mjs");
        foreach (var input in new[] { picture, "-" })
        {
            string[] numbers = [WarmUps.ToString(), Calls.ToString(), Width.ToString()];
            for (var round = 0; round < Rounds; round++)
            {
                Console.WriteLine($"{input} ours {Round(server, [Environment.ProcessPath!, "bedrock", "overhead", "round", input, .. numbers]):0.000}"
                    + $" js1 {Round(server, ["node", peer, server.Http1, "http1", input, .. numbers]):0.000}"
                    + $" js2 {Round(server, ["node", peer, server.Http2, "default", input, .. numbers]):0.000}");
            }
        }

        File.Delete(picture);
        return "";
    }

    private static double Round(BedrockServer server, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        start.Environment["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = server.Http1;
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDFAKEBEDROCK";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "fake-secret";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{command[0]} ended with code {process.ExitCode}.");
    }

    // A small picture with a comment behind its header that fills it up: the stand-in reads the header, and the client only bytes.
    private static byte[] PictureOf100Kilobytes()
    {
        var random = new Random(1);
        var bytes = new byte[100_000];
        random.NextBytes(bytes);
        byte[] head = [0xFF, 0xD8, 0xFF, 0xC0, 0x00, 0x11, 0x08, 0x03, 0x00, 0x04, 0x00, 0x03, 0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03, 0x11, 0x01];
        head.CopyTo(bytes, 0);
        return bytes;
    }
}
