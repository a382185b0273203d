using ImageSearch.Bedrock;
using ImageSearch.Bedrock.Model;

namespace ImageSearch.Embedding.Batch;

/// <summary>
/// Sends parts as jobs and sees to their end. Every step is in the ledger before the next one begins, so that any of them can be the one on
/// which the process dies.
/// </summary>
internal sealed class BatchJobs(
    BatchTarget target,
    string folder,
    BatchLedger ledger,
    BatchStorage storage,
    BedrockClient client,
    BatchLoader loader,
    BatchPurse purse,
    IProgress<BatchStep> progress,
    TimeProvider time)
{
    private const int MostTries = 10;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly List<string> _failures = [];

    /// <summary>What went wrong with whole jobs.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>The parts that are under way.</summary>
    public IReadOnlyList<BatchPart> Open => ledger.Parts(target.Model, target.Dimension);

    /// <summary>Goes on with a part from wherever it is until its job is submitted.</summary>
    /// <param name="part">The part.</param>
    /// <param name="isNew">False when an earlier process may have got further than the ledger says.</param>
    /// <param name="cancellationToken">Leaves it where it is.</param>
    public async Task SendAsync(BatchPart part, bool isNew, CancellationToken cancellationToken)
    {
        if (part.State == BatchPartState.Submitted)
        {
            return;
        }

        using var money = purse.Reserve(part);
        try
        {
            if (part.State == BatchPartState.Prepared)
            {
                part = await UploadAsync(part, cancellationToken);
            }

            var job = isNew ? null : await FindAsync(part, cancellationToken);
            if (job is not null)
            {
                // Paid for by the process that submitted it.
                money.Release();
            }

            job ??= await CreateAsync(part, cancellationToken);
            ledger.Update(part with { State = BatchPartState.Submitted, JobArn = job });
            progress.Report(new BatchStep.Submitted(job, part.Records));
        }
        catch (BatchException)
        {
            money.Release();
            throw;
        }
    }

    private async Task<BatchPart> UploadAsync(BatchPart part, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(folder, part.FileName));
        if (!file.Exists)
        {
            ledger.Remove(part);
            throw new BatchException($"The file {file.FullName} is gone, in which {part.Records} pictures were ready to be sent. Run the same command again: they are made ready anew.");
        }

        await storage.UploadAsync(file.FullName, part.Location, part.InputName, cancellationToken);
        var uploaded = part with { State = BatchPartState.Uploaded };
        ledger.Update(uploaded);
        progress.Report(new BatchStep.Uploaded(part.Location.UriOf(part.InputName), part.Records, file.Length));
        file.Delete();
        return uploaded;
    }

    /// <summary>Waits until every submitted job has ended, and loads what they made.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        while (await LookAsync(cancellationToken) > 0)
        {
            wait = await PauseAsync(wait, cancellationToken);
        }
    }

    /// <summary>Looks at each submitted job once, and loads those that have ended; gives the number of the others.</summary>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var (jobs, state, processed, pictures) = (0, "", 0L, 0L);
        foreach (var part in Open.Where(part => part.State == BatchPartState.Submitted))
        {
            var job = await PatientlyAsync(
                stopping => client.GetModelInvocationJobAsync(new GetModelInvocationJobRequest { JobIdentifier = part.JobArn! }, stopping), cancellationToken);
            if (HasEnded(job))
            {
                await LoadAsync(part, job, cancellationToken);
                continue;
            }

            state = jobs == 0 || job.Status == ModelInvocationJobStatus.InProgress ? job.Status ?? "" : state;
            (jobs, processed, pictures) = (jobs + 1, processed + (job.ProcessedRecordCount ?? 0), pictures + part.Records);
        }

        if (jobs > 0)
        {
            progress.Report(new BatchStep.Waiting(jobs, state, processed, pictures));
        }

        return jobs;
    }

    private async Task LoadAsync(BatchPart part, GetModelInvocationJobResponse job, CancellationToken cancellationToken)
    {
        var loaded = await loader.LoadAsync(part, job, cancellationToken);
        ledger.Remove(part);
        progress.Report(loaded);
        if (loaded.Missing > 0 || job.Status != ModelInvocationJobStatus.Completed)
        {
            _failures.Add(
                $"The job {part.JobArn} ended as {job.Status} and left {loaded.Missing} of {part.Records} pictures without an answer"
                + (job.Message is { Length: > 0 } message ? $": {message.TrimEnd('.')}." : "."));
        }
    }

    private async Task<string> CreateAsync(BatchPart part, CancellationToken cancellationToken)
    {
        var request = new CreateModelInvocationJobRequest
        {
            JobName = part.JobName,
            ClientRequestToken = part.Id,
            ModelId = part.Model,
            RoleArn = part.RoleArn,
            InputDataConfig = new(new ModelInvocationJobS3InputDataConfig(part.Location.UriOf(part.InputName)) { S3InputFormat = "JSONL" }),
            OutputDataConfig = new(new ModelInvocationJobS3OutputDataConfig(part.Location.UriOf("output/"))),
        };
        for (var wait = FirstWait; ; wait = await PauseAsync(wait, cancellationToken))
        {
            try
            {
                return (await PatientlyAsync(stopping => client.CreateModelInvocationJobAsync(request, stopping), cancellationToken)).JobArn;
            }
            catch (BatchException full) when (full.InnerException is ServiceQuotaExceededException && Open.Any(other => other.State == BatchPartState.Submitted))
            {
                // The account takes no more jobs at once: there is room again when one of ours has ended.
                _ = await LookAsync(cancellationToken);
            }
        }
    }

    private async Task<string?> FindAsync(BatchPart part, CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var request = new ListModelInvocationJobsRequest { NameContains = part.JobName, NextToken = next };
            var page = await PatientlyAsync(stopping => client.ListModelInvocationJobsAsync(request, stopping), cancellationToken);
            if (page.InvocationJobSummaries?.FirstOrDefault(job => job.JobName == part.JobName) is { } found)
            {
                return found.JobArn;
            }

            next = page.NextToken;
        }
        while (next is not null);
        return null;
    }

    /// <summary>Calls until the service is there: whoever waits for hours does not give up over minutes.</summary>
    private async Task<T> PatientlyAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (BedrockException failure) when (failure.IsTransient && tries < MostTries)
            {
                wait = await PauseAsync(failure.RetryAfter ?? wait, cancellationToken);
            }
            catch (BedrockException failure)
            {
                throw BatchFailure.From(failure, target);
            }
        }
    }

    private async Task<TimeSpan> PauseAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(wait, time, cancellationToken);
        return wait * 2 < LongestWait ? wait * 2 : LongestWait;
    }

    private static bool HasEnded(GetModelInvocationJobResponse job) => job.Status is ModelInvocationJobStatus.Completed
        or ModelInvocationJobStatus.PartiallyCompleted or ModelInvocationJobStatus.Failed or ModelInvocationJobStatus.Stopped or ModelInvocationJobStatus.Expired;
}
