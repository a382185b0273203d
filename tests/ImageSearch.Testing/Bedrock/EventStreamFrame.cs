using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Encodes frames of <c>application/vnd.amazon.eventstream</c>.</summary>
/// <remarks>
/// Written from the published layout, and on purpose not with the encoder of AWSSDK.Core: it is what the client is tested against.
/// Big-endian: total length, headers length, CRC-32 of those 8 bytes, headers, payload, CRC-32 of all before.
/// </remarks>
public static class EventStreamFrame
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>An event with the padding member <c>p</c>, whose length varies with <paramref name="sequence"/>.</summary>
    public static byte[] Event(string type, JsonObject payload, int sequence)
    {
        var padded = payload.DeepClone().AsObject();
        padded["p"] = Alphabet[..(1 + (sequence * 17 % Alphabet.Length))];
        return Encode([(":message-type", "event"), (":event-type", type), (":content-type", "application/json")], padded.ToJsonString());
    }

    /// <summary>A modelled exception; that of a model that failed in its stream also says how.</summary>
    public static byte[] Exception(string type, string message)
    {
        var payload = new JsonObject { ["message"] = message };
        if (type == "modelStreamErrorException")
        {
            (payload["originalStatusCode"], payload["originalMessage"]) = (500, message);
        }

        return Encode([(":message-type", "exception"), (":exception-type", type), (":content-type", "application/json")], payload.ToJsonString());
    }

    /// <summary>An unmodelled error: headers only.</summary>
    public static byte[] Error(string code, string message) =>
        Encode([(":message-type", "error"), (":error-code", code), (":error-message", message)], "");

    /// <summary>A prelude that promises <paramref name="length"/> bytes, with a right checksum and nothing behind it.</summary>
    public static byte[] Prelude(uint length)
    {
        var prelude = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(prelude, length);
        BinaryPrimitives.WriteUInt32BigEndian(prelude.AsSpan(8), Crc32.Of(prelude.AsSpan(0, 8)));
        return prelude;
    }

    private static byte[] Encode(IEnumerable<(string Name, string Value)> headers, string payload)
    {
        var head = new List<byte>();
        foreach (var (name, value) in headers)
        {
            var text = Encoding.UTF8.GetBytes(value);
            head.Add((byte)name.Length);
            head.AddRange(Encoding.ASCII.GetBytes(name));
            head.Add(7);
            head.AddRange([(byte)(text.Length >> 8), (byte)text.Length]);
            head.AddRange(text);
        }

        var body = Encoding.UTF8.GetBytes(payload);
        var frame = new byte[12 + head.Count + body.Length + 4];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)frame.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)head.Count);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32.Of(frame.AsSpan(0, 8)));
        head.CopyTo(frame, 12);
        body.CopyTo(frame, 12 + head.Count);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32.Of(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }
}
