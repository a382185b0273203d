using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Gathers the contents of calls made at the same time into one call, for a model that takes many at once: the first waits a moment for
/// others. A content that the model rejects fails alone: its group is halved until it stands by itself. Safe for many threads.
/// </summary>
/// <remarks>
/// When a call is cancelled, the rest of its group is asked for again without it. What a group costs is nobody's in particular:
/// <see cref="GeneratedEmbeddings{TEmbedding}.Usage"/> stays empty.
/// </remarks>
/// <param name="inner">Makes the vectors.</param>
/// <param name="limits">How large a group may be, and how long it waits.</param>
/// <param name="time">The clock.</param>
public sealed class GatheringEmbeddingGenerator(
    IEmbeddingGenerator<AIContent, Embedding<float>> inner, GatheringLimits limits, TimeProvider time)
    : DelegatingEmbeddingGenerator<AIContent, Embedding<float>>(inner)
{
    private readonly Lock _gate = new();
    private Group? _open;

    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var members = values.Select(content => new Member(content, cancellationToken)).ToArray();
        lock (_gate)
        {
            foreach (var member in members)
            {
                Join(member, options);
            }
        }

        return new GeneratedEmbeddings<Embedding<float>>(await Task.WhenAll(members.Select(member => member.Answer.Task)));
    }

    // Under the lock.
    private void Join(Member member, EmbeddingGenerationOptions? options)
    {
        if (_open is not null && (!_open.IsFor(options) || _open.Bytes + member.Bytes > limits.MaxBytes))
        {
            Send(_open);
        }

        _open ??= new Group(options, time, limits.MaxWait, SendLate);
        _open.Add(member);
        if (_open.Members.Count == limits.MaxContents)
        {
            Send(_open);
        }
    }

    private void SendLate(Group group)
    {
        lock (_gate)
        {
            if (group == _open)
            {
                Send(group);
            }
        }
    }

    // Under the lock.
    private void Send(Group group)
    {
        _open = null;
        group.Dispose();
        _ = AnswerAsync(group);
    }

    private async Task AnswerAsync(Group group)
    {
        // A large group takes a while to encode: not under the caller's lock.
        await Task.Yield();
        await AnswerAsync(group.Members, group.Options);
    }

    /// <summary>Gives every member its embedding or its failure; never fails itself.</summary>
    private async Task AnswerAsync(List<Member> members, EmbeddingGenerationOptions? options)
    {
        using var anyLeft = CancellationTokenSource.CreateLinkedTokenSource([.. members.Select(member => member.CancellationToken)]);
        try
        {
            var embeddings = await base.GenerateAsync(members.Select(member => member.Content), options, anyLeft.Token);
            if (embeddings.Count != members.Count)
            {
                throw new InvalidOperationException($"The embedding generator gave {embeddings.Count} vectors for {members.Count} inputs.");
            }

            foreach (var (member, embedding) in members.Zip(embeddings))
            {
                member.Answer.SetResult(embedding);
            }
        }
        catch (OperationCanceledException) when (members.Exists(member => member.CancellationToken.IsCancellationRequested))
        {
            members.FindAll(member => member.CancellationToken.IsCancellationRequested)
                .ForEach(member => member.Answer.SetCanceled(member.CancellationToken));
            await AnswerRestAsync(members.FindAll(member => !member.Answer.Task.IsCompleted), options);
        }
        catch (EmbeddingException failure) when (failure.Fault == EmbeddingFault.InputRejected && members.Count > 1)
        {
            var half = members.Count / 2;
            await Task.WhenAll(AnswerAsync(members[..half], options), AnswerAsync(members[half..], options));
        }
        catch (Exception failure)
        {
            // Not swallowed, cancellation neither: whoever waits gets it.
            members.ForEach(member => member.Answer.SetException(failure));
        }
    }

    private Task AnswerRestAsync(List<Member> members, EmbeddingGenerationOptions? options) =>
        members.Count == 0 ? Task.CompletedTask : AnswerAsync(members, options);

    private sealed record Member(AIContent Content, CancellationToken CancellationToken)
    {
        public int Bytes { get; } = (Content as DataContent)?.Data.Length ?? 0;

        public TaskCompletionSource<Embedding<float>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Group : IDisposable
    {
        private readonly ITimer _timer;

        public Group(EmbeddingGenerationOptions? options, TimeProvider time, TimeSpan wait, Action<Group> onWaited)
        {
            Options = options;
            _timer = time.CreateTimer(_ => onWaited(this), null, wait, Timeout.InfiniteTimeSpan);
        }

        public EmbeddingGenerationOptions? Options { get; }

        public List<Member> Members { get; } = [];

        public long Bytes { get; private set; }

        public void Add(Member member)
        {
            Members.Add(member);
            Bytes += member.Bytes;
        }

        public bool IsFor(EmbeddingGenerationOptions? options) =>
            (EmbeddingInput.RoleOf(options), options?.ModelId, options?.Dimensions)
            == (EmbeddingInput.RoleOf(Options), Options?.ModelId, Options?.Dimensions);

        public void Dispose() => _timer.Dispose();
    }
}
