using System.Runtime.CompilerServices;
using Amazon.Runtime.EventStreams;
using ImageSearch.Bedrock;
using ImageSearch.Bedrock.Model;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>
/// Talks to models with eyes through Amazon Bedrock's Converse: texts, pictures (<see cref="DataContent"/> of JPEG, PNG, GIF or WebP within
/// the model's limits), documents, tools. A <see cref="ChatResponseFormatJson"/> with a schema becomes a tool that the model is forced
/// to (Claude), or is asked for in words (Llama, Pixtral); either way the text of the answer is the JSON alone. Leaving a stream early stops
/// the model. Credentials and region come from the usual places of AWS. Safe for many threads.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html"/>
public sealed class ConverseChatClient : IChatClient
{
    private readonly BedrockRuntimeClient _client;
    private readonly ConverseOptions _options;
    private readonly ChatClientMetadata _metadata;

    /// <summary>A chat client with a client of Bedrock of its own.</summary>
    /// <param name="options">Which model, and how to talk to it.</param>
    /// <exception cref="VisionException">No region is known.</exception>
    public ConverseChatClient(ConverseOptions options)
        : this(Connect(options), options)
    {
    }

    /// <summary>A chat client that takes over <paramref name="client"/>.</summary>
    internal ConverseChatClient(BedrockRuntimeClient client, ConverseOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ModelId);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxOutputTokens, 1);
        (_client, _options) = (client, options);
        _metadata = new ChatClientMetadata("aws.bedrock", null, options.ModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="VisionException">There is no answer.</exception>
    /// <exception cref="ArgumentException">A message holds what Converse does not take.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new ConverseCall(messages, options, _options);
        try
        {
            var answer = await _client.ConverseAsync(call.Request<ConverseRequest>(), cancellationToken);
            var contents = answer.Output.Message is { } message ? call.Read(message).ToList() : [];
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
            {
                ModelId = call.ModelId,
                FinishReason = call.ReasonOf(answer.StopReason),
                Usage = answer.Usage is { } usage ? ConverseCall.UsageOf(usage) : null,
            };
        }
        catch (BedrockException failure)
        {
            throw ConverseFailure.From(failure, call.ModelId);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="VisionException">There is no answer, or it broke off.</exception>
    /// <exception cref="ArgumentException">A message holds what Converse does not take.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = new ConverseCall(messages, options, _options);
        using var answer = await BeginAsync(call, cancellationToken);
        await using var events = answer.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(events, call) is { } streamed)
        {
            if (call.Read(streamed) is { } update)
            {
                update.ResponseId = answer.RequestId;
                yield return update;
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static BedrockRuntimeClient Connect(ConverseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return new BedrockRuntimeClient(new BedrockRuntimeConfig
            {
                Timeout = options.Timeout,
                StreamIdleTimeout = options.StreamIdleTimeout,
                RetriesFailures = options.RetriesFailures,
            });
        }
        catch (BedrockException failure)
        {
            throw ConverseFailure.From(failure, options.ModelId);
        }
    }

    private async Task<ConverseStreamResponse> BeginAsync(ConverseCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.ConverseStreamAsync(call.Request<ConverseStreamRequest>(), cancellationToken);
        }
        catch (BedrockException failure)
        {
            throw ConverseFailure.From(failure, call.ModelId);
        }
    }

    private static async Task<IEventStreamEvent?> NextAsync(IAsyncEnumerator<IEventStreamEvent> events, ConverseCall call)
    {
        try
        {
            return await events.MoveNextAsync() ? events.Current : null;
        }
        catch (BedrockException failure)
        {
            throw ConverseFailure.From(failure, call.ModelId);
        }
    }
}
