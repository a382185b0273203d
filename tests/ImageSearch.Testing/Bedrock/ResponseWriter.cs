using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Writes answers, errors and streams in the service's form, or spoils them as a fault asks.</summary>
internal sealed class ResponseWriter(HttpContext context, SemaphoreSlim resume)
{
    /// <summary>Answers in place of the operation where <paramref name="fault"/> says so.</summary>
    /// <returns>True when the request is answered.</returns>
    public async Task<bool> TryFailAsync(BedrockFault? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case BedrockFault.Error error:
                await ErrorAsync(error, cancellationToken);
                return true;
            case BedrockFault.Answer answer:
                context.Response.StatusCode = answer.Status;
                await WriteAsync(answer.ContentType, Encoding.UTF8.GetBytes(answer.Body), null, cancellationToken);
                return true;
            case BedrockFault.Reset:
                context.Abort();
                return true;
            case BedrockFault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return true;
            default:
                return false;
        }
    }

    public async Task AnswerAsync(FakeAnswer answer, BedrockFault? fault, CancellationToken cancellationToken)
    {
        context.Response.Headers["X-Amzn-Bedrock-Invocation-Latency"] = "1";
        if (answer.InputTokens is { } tokens)
        {
            context.Response.Headers["X-Amzn-Bedrock-Input-Token-Count"] = $"{tokens}";
        }

        await WriteAsync("application/json", Encoding.UTF8.GetBytes(answer.Body.ToJsonString()), fault, cancellationToken);
    }

    public Task RefuseAsync(BedrockRefusal refusal, CancellationToken cancellationToken) =>
        ErrorAsync(new BedrockFault.Error(refusal.Type, refusal.Message), cancellationToken);

    public async Task StreamAsync(IReadOnlyList<byte[]> frames, BedrockFault? fault, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/vnd.amazon.eventstream";
        if (fault is BedrockFault.Cut or BedrockFault.Stall)
        {
            await WriteAsync(context.Response.ContentType, [.. frames.SelectMany(frame => frame)], fault, cancellationToken);
            return;
        }

        for (var i = 0; i <= frames.Count; i++)
        {
            if (fault is BedrockFault.StreamPause pause && pause.AfterEvents == i)
            {
                await resume.WaitAsync(cancellationToken);
            }

            var (frame, ends) = Spoiled(fault, i);
            if (frame is not null)
            {
                await FlushAsync(frame, cancellationToken);
            }

            if (ends)
            {
                return;
            }

            if (i < frames.Count)
            {
                await FlushAsync(frames[i], cancellationToken);
            }
        }
    }

    private static (byte[]? Frame, bool Ends) Spoiled(BedrockFault? fault, int events) => fault switch
    {
        BedrockFault.StreamException spoiled when spoiled.AfterEvents == events => (EventStreamFrame.Exception(spoiled.Type, spoiled.Message), true),
        BedrockFault.StreamError spoiled when spoiled.AfterEvents == events => (EventStreamFrame.Error(spoiled.Code, spoiled.Message), true),
        BedrockFault.StreamOversized spoiled when spoiled.AfterEvents == events => (EventStreamFrame.Prelude(int.MaxValue), true),
        BedrockFault.StreamCorrupt spoiled when spoiled.AfterEvents == events => (Corrupt(), true),
        BedrockFault.StreamUnknownEvent spoiled when spoiled.AfterEvents == events =>
            (EventStreamFrame.Event("somethingNew", new JsonObject { ["value"] = 1 }, events), false),
        BedrockFault.StreamEnd spoiled when spoiled.AfterEvents == events => (null, true),
        _ => (null, false),
    };

    private static byte[] Corrupt()
    {
        var frame = EventStreamFrame.Event("messageStop", new JsonObject { ["stopReason"] = "end_turn" }, 0);
        frame[^1] ^= 1;
        return frame;
    }

    private async Task ErrorAsync(BedrockFault.Error error, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = BedrockRefusal.StatusOf(error.Type);
        var body = new JsonObject { ["message"] = error.Message };
        if (error.TypeInBody)
        {
            body["__type"] = $"com.amazon.bedrock#{error.Type}";
        }
        else
        {
            context.Response.Headers["x-amzn-ErrorType"] = $"{error.Type}:http://internal.amazon.com/coral/com.amazon.bedrock/";
        }

        if (error.Type is "ModelErrorException" or "ModelStreamErrorException")
        {
            body["originalStatusCode"] = 500;
        }

        if (error.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = error.RetryAfter;
        }

        await WriteAsync("application/json", Encoding.UTF8.GetBytes(body.ToJsonString()), null, cancellationToken);
    }

    private async Task WriteAsync(string contentType, byte[] body, BedrockFault? fault, CancellationToken cancellationToken)
    {
        context.Response.ContentType = contentType;
        switch (fault)
        {
            case BedrockFault.Cut cut:
                await FlushAsync(body[..Math.Min(cut.Bytes, body.Length)], cancellationToken);
                if (cut.WithReset)
                {
                    context.Abort();
                }

                break;
            case BedrockFault.Stall stall:
                await FlushAsync(body[..Math.Min(stall.Bytes, body.Length)], cancellationToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                break;
            default:
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body, cancellationToken);
                break;
        }
    }

    private async Task FlushAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
