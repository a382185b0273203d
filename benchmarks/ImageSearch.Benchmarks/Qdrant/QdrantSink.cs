using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSearch.Benchmarks.Qdrant;

/// <summary>
/// A server that reads every request to its end and answers at once what it was given: the time of a call is then the client's own, and
/// run as a process of its own, so is the processor time. First line of its standard output: the port.
/// </summary>
internal static class QdrantSink
{
    /// <summary>The argument that makes the benchmark this server.</summary>
    public const string Verb = "qdrant-sink";

    /// <summary>Serves until its standard input ends, whose first lines are pairs: what a request line contains, and the answer then.</summary>
    /// <param name="arguments">The number of pairs; the first that fits counts.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var answers = new (string Request, byte[] Body)[int.Parse(arguments[0], CultureInfo.InvariantCulture)];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = (await Console.In.ReadLineAsync() ?? "", Encoding.UTF8.GetBytes(await Console.In.ReadLineAsync() ?? ""));
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        var serving = ServeAsync(listener, answers);
        await Console.In.ReadToEndAsync();
        listener.Stop();
        await serving;
        return 0;
    }

    private static async Task ServeAsync(TcpListener listener, (string Request, byte[] Body)[] answers)
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(), answers);
            }
        }
        catch (SocketException)
        {
            // The listener was stopped.
            return;
        }
    }

    private static async Task AnswerAsync(TcpClient client, (string Request, byte[] Body)[] answers)
    {
        using (client)
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var buffer = new byte[1 << 20];
            var held = 0;
            while (await stream.ReadAsync(buffer.AsMemory(held)) is > 0 and var read)
            {
                held += read;
                var end = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8);
                if (end < 0)
                {
                    continue;
                }

                var head = Encoding.ASCII.GetString(buffer, 0, end);
                await SkipAsync(stream, buffer, LengthIn(head) - (held - end - 4));
                var line = head.Split('\r')[0];
                var answer = answers.First(pair => line.Contains(pair.Request, StringComparison.Ordinal)).Body;
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n"));
                await stream.WriteAsync(answer);
                held = 0;
            }
        }
    }

    private static async Task SkipAsync(NetworkStream stream, byte[] buffer, int bytes)
    {
        while (bytes > 0)
        {
            bytes -= await stream.ReadAsync(buffer.AsMemory(0, Math.Min(bytes, buffer.Length)));
        }
    }

    private static int LengthIn(string head)
    {
        const string Name = "Content-Length: ";
        var start = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? 0 : int.Parse(head.AsSpan(start + Name.Length).ToString().Split('\r')[0], CultureInfo.InvariantCulture);
    }
}
