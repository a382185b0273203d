using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ImageSearch.Collections;
using ImageSearch.Collections.Qdrant;

namespace ImageSearch.Benchmarks.Qdrant;

/// <summary>A <see cref="QdrantSink"/> that runs as a process of its own.</summary>
internal sealed class SinkProcess : IDisposable
{
    /// <summary>The answer to a write.</summary>
    public const string Written = """{"result":{"operation_id":1,"status":"completed"},"status":"ok","time":0.001}""";

    private readonly Process _process;

    private SinkProcess(Process process, int port) => (_process, Address) = (process, new Uri($"http://127.0.0.1:{port}"));

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Starts one.</summary>
    /// <param name="answers">What a request line contains, and what is answered then; the first that fits counts, and the empty text fits every line.</param>
    public static async Task<SinkProcess> StartAsync(params (string Request, string Answer)[] answers)
    {
        var start = BenchmarkProcess.Of([QdrantSink.Verb, answers.Length.ToString(CultureInfo.InvariantCulture)]);
        start.RedirectStandardInput = true;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The sink did not start.");
        foreach (var (request, answer) in answers)
        {
            await process.StandardInput.WriteLineAsync(request);
            await process.StandardInput.WriteLineAsync(answer);
        }

        await process.StandardInput.FlushAsync();
        var port = await process.StandardOutput.ReadLineAsync();
        return new SinkProcess(process, int.Parse(port ?? throw new InvalidOperationException("The sink ended at once."), CultureInfo.InvariantCulture));
    }

    /// <summary>The answer to a batch of queries, each of which finds these points.</summary>
    public static string Found(IEnumerable<ImagePoint> points, int queries, WordTokenizer tokenizer)
    {
        var hits = string.Join(',', points.Select(point =>
        {
            var buffer = new ArrayBufferWriter<byte>();
            var payload = PointEncoding.Encode(point, tokenizer.Split(point.Payload.Words), buffer).Payload;
            var whole = Encoding.UTF8.GetString(payload.Span);
            var facts = whole[..whole.IndexOf(",\"index\":", StringComparison.Ordinal)] + "}";
            return $$"""{"id":"{{point.Id}}","version":1,"score":0.5,"payload":{{facts}}}""";
        }));
        return $$"""{"result":[{{string.Join(',', Enumerable.Repeat($$"""{"points":[{{hits}}]}""", queries))}}],"status":"ok","time":0.001}""";
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
