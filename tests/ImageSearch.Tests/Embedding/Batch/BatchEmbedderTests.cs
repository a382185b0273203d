using System.Numerics.Tensors;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Spending;
using ImageSearch.Testing.Bedrock;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding.Batch;

public sealed class BatchEmbedderTests
{
    private static readonly FakeJobScript Failing = new() { End = "Failed", Processed = 0, Message = "the role cannot be assumed" };

    [Fact]
    public async Task Pictures_go_out_in_parts_and_their_vectors_come_into_the_cache()
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(50);

        await place.RunAsync(pictures);

        Assert.All(pictures, picture => Assert.Equal(1f, TensorPrimitives.Norm<float>(place.VectorOf(picture.Sha256)), 1e-5f));
        Assert.Equal([20, 20, 10], place.Steps.OfType<BatchStep.Submitted>().Select(step => step.Pictures));
        Assert.Equal([20, 20, 10], place.Steps.OfType<BatchStep.Loaded>().Select(step => step.Embedded).OrderDescending());
        Assert.DoesNotContain(place.Bedrock.Calls, call => call.Operation == "InvokeModel");
        Assert.Empty(Directory.EnumerateFiles(place.Folder, "*.jsonl"));
    }

    [Fact]
    public async Task A_vector_of_a_batch_is_the_one_that_a_call_would_have_made()
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(5);
        using var client = Bedrock.TestClient.Of(place.Bedrock);
        using var titan = new TitanEmbeddingGenerator(client, new TitanOptions { Dimension = 256 });

        await place.RunAsync(pictures);

        var called = await titan.GenerateAsync([FittedOf(pictures[3].Bytes)]);
        Assert.Equal(called[0].Vector.ToArray(), place.VectorOf(pictures[3].Sha256));
    }

    [Theory]
    [InlineData(nameof(BatchStep.Prepared))]
    [InlineData(nameof(BatchStep.Uploaded))]
    [InlineData(nameof(BatchStep.Submitted))]
    [InlineData(nameof(BatchStep.Waiting))]
    [InlineData(nameof(BatchStep.Loaded))]
    public async Task A_process_that_dies_after_any_step_is_gone_on_with_and_no_picture_is_sent_twice(string step)
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(50);
        var deaths = 0;
        for (var nth = 1; nth <= 3; nth++)
        {
            var left = nth;
            deaths += await Record.ExceptionAsync(() => place.RunAsync(pictures, done => done.GetType().Name == step && --left == 0)) is OperationCanceledException ? 1 : 0;
        }

        await place.RunAsync(pictures);

        Assert.InRange(deaths, 1, 3);
        Assert.All(pictures, picture => Assert.NotNull(place.VectorOf(picture.Sha256)));
        Assert.Equal(50, place.RecordsSent);
        Assert.Equal(3, place.Steps.OfType<BatchStep.Submitted>().Select(submitted => submitted.JobArn).Distinct().Count());
    }

    [Fact]
    public async Task A_job_whose_acknowledgement_was_lost_is_found_again_and_not_submitted_twice()
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(10);
        place.Bedrock.Inject(new BedrockFault.Cut(0, WithReset: true) { Operation = "CreateModelInvocationJob", Times = 1000 });
        await Assert.ThrowsAsync<BatchException>(() => place.RunAsync(pictures));
        place.Bedrock.ClearFaults();
        var created = place.Bedrock.Calls.Count(call => call.Operation == "CreateModelInvocationJob");

        await place.RunAsync(pictures);

        Assert.True(created > 1);
        Assert.Equal(created, place.Bedrock.Calls.Count(call => call.Operation == "CreateModelInvocationJob"));
        Assert.EndsWith("/000000000001", Assert.Single(place.Steps.OfType<BatchStep.Submitted>()).JobArn, StringComparison.Ordinal);
        Assert.NotNull(place.VectorOf(pictures[9].Sha256));
    }

    [Fact]
    public async Task Fewer_pictures_than_a_job_needs_are_left_over_and_nothing_is_sent()
    {
        await using var place = await BatchWorkplace.StartAsync();

        await place.RunAsync(BatchWorkplace.Pictures(24));

        Assert.Equal(new BatchStep.TooFew(4, 5), Assert.Single(place.Steps.OfType<BatchStep.TooFew>()));
        Assert.Equal(20, place.RecordsSent);
    }

    [Fact]
    public async Task A_record_that_comes_back_without_a_usable_vector_is_named_and_left_over()
    {
        var pictures = BatchWorkplace.Pictures(10);
        var unlucky = FittedOf(pictures[3].Bytes).Data;
        await using var place = await BatchWorkplace.StartAsync(embed: (content, dimension, _) =>
        {
            var vector = new float[dimension];
            vector[0] = ((DataContent)content).Data.Span.SequenceEqual(unlucky.Span) ? 0 : 1;
            return Task.FromResult<ReadOnlyMemory<float>>(vector);
        });

        await place.RunAsync(pictures);

        var refused = Assert.Single(place.Steps.OfType<BatchStep.Refused>());
        Assert.Equal("0003.bmp", refused.Path);
        Assert.Contains("no direction", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(9, pictures.Count(picture => place.VectorOf(picture.Sha256) is not null));
    }

    [Fact]
    public async Task A_job_that_failed_says_why_and_its_pictures_are_sent_once_more_by_the_next_run()
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(30);
        place.Bedrock.ScriptNextJob(Failing);

        var failure = await Assert.ThrowsAsync<BatchException>(() => place.RunAsync(pictures));
        Assert.Contains("the role cannot be assumed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(10, pictures.Count(picture => place.VectorOf(picture.Sha256) is not null));
        await place.RunAsync(pictures);

        Assert.All(pictures, picture => Assert.NotNull(place.VectorOf(picture.Sha256)));
        Assert.Equal(50, place.RecordsSent);
    }

    [Theory]
    [InlineData("PartiallyCompleted")]
    [InlineData("Stopped")]
    [InlineData("Expired")]
    public async Task What_a_job_has_done_before_it_ended_early_is_kept_and_only_the_rest_is_sent_again(string end)
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(20);
        place.Bedrock.ScriptNextJob(new FakeJobScript { End = end, Processed = 12 });

        var failure = await Assert.ThrowsAsync<BatchException>(() => place.RunAsync(pictures));
        await place.RunAsync(pictures);

        Assert.Contains($"ended as {end} and left 8 of 20 pictures", failure.Message, StringComparison.Ordinal);
        Assert.All(pictures, picture => Assert.NotNull(place.VectorOf(picture.Sha256)));
        Assert.Equal(28, place.RecordsSent);
    }

    [Fact]
    public async Task When_the_account_takes_no_more_jobs_the_next_one_waits_for_room()
    {
        await using var place = await BatchWorkplace.StartAsync(new FakeBatchOptions { MinRecords = 5, JobsAtOnce = 1 });
        var pictures = BatchWorkplace.Pictures(60);

        await place.RunAsync(pictures);

        Assert.All(pictures, picture => Assert.NotNull(place.VectorOf(picture.Sha256)));
        Assert.Equal(3, place.Steps.OfType<BatchStep.Loaded>().Count());
    }

    [Fact]
    public async Task Throttles_and_outages_while_waiting_are_sat_out()
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(10);
        place.Bedrock.Inject(new BedrockFault.Error("ThrottlingException", "Too many requests") { Operation = "GetModelInvocationJob", Times = 10 });
        place.Bedrock.Inject(new BedrockFault.Reset { Operation = "GetModelInvocationJob", Times = 5 });

        await place.RunAsync(pictures);

        Assert.NotNull(place.VectorOf(pictures[0].Sha256));
    }

    [Fact]
    public async Task Output_that_breaks_off_is_read_on_from_the_last_whole_line()
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(20);
        place.S3.Inject(new BedrockFault.Cut(20_000, WithReset: true) { Operation = "GetObject", Times = 2 });

        await place.RunAsync(pictures);

        Assert.All(pictures, picture => Assert.NotNull(place.VectorOf(picture.Sha256)));
        Assert.Equal(3, place.S3.Calls.Count(call => call.StartsWith("GetObject", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_cap_is_kept_before_anything_is_uploaded_and_what_has_ended_is_loaded_all_the_same()
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(40);

        // 20 pictures cost 20 x $0.00003.
        place.Cap = new SpendCap(0.0007m);
        var reached = await Assert.ThrowsAsync<EmbeddingException>(() => place.RunAsync(pictures));
        Assert.Equal(EmbeddingFault.CostCapReached, reached.Fault);
        Assert.Equal(20, place.RecordsSent);
        Assert.Equal(0.0006m, place.Spending.ByModel().Single().Dollars);

        place.Cap = new SpendCap(0m);
        for (var look = 0; look < 4; look++)
        {
            _ = await Assert.ThrowsAsync<EmbeddingException>(() => place.RunAsync(pictures));
        }

        Assert.Equal(20, pictures.Count(picture => place.VectorOf(picture.Sha256) is not null));
        Assert.Equal(20, place.RecordsSent);
    }

    [Theory]
    [InlineData("AccessDenied", "s3:PutObject")]
    [InlineData("ExpiredToken", "Sign in again")]
    [InlineData("SlowDown", "Run the same command again")]
    public async Task A_refusal_of_s3_says_the_cure_and_the_next_run_goes_on(string code, string cure)
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(10);
        place.S3.Inject(new BedrockFault.Error(code, "told to") { Operation = "PutObject" });

        var failure = await Assert.ThrowsAsync<BatchException>(() => place.RunAsync(pictures));
        await place.RunAsync(pictures);

        Assert.Contains(cure, failure.Message, StringComparison.Ordinal);
        Assert.Equal(10, place.RecordsSent);
        Assert.Equal(0.0003m, place.Spending.ByModel().Single().Dollars);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        await using var place = await BatchWorkplace.StartAsync();
        place.Location = "s3://no-such-bucket/run";

        var failure = await Assert.ThrowsAsync<BatchException>(() => place.RunAsync(BatchWorkplace.Pictures(10)));

        Assert.Contains("s3://no-such-bucket/run/input/", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Make the bucket", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccessDeniedException", "iam:PassRole for arn:aws:iam::123456789012:role/batch")]
    [InlineData("ValidationException", "arn:aws:iam::123456789012:role/batch")]
    [InlineData("ServiceQuotaExceededException", "Service Quotas")]
    public async Task A_refusal_of_the_job_says_the_cure_and_the_next_run_goes_on(string type, string cure)
    {
        await using var place = await BatchWorkplace.StartAsync();
        var pictures = BatchWorkplace.Pictures(10);
        place.Bedrock.Inject(new BedrockFault.Error(type, "told to") { Operation = "CreateModelInvocationJob" });

        var failure = await Assert.ThrowsAsync<BatchException>(() => place.RunAsync(pictures));
        await place.RunAsync(pictures);

        Assert.Contains(cure, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(place.VectorOf(pictures[0].Sha256));
        Assert.Equal(10, place.RecordsSent);
    }

    private static DataContent FittedOf(byte[] picture) => FittingEmbeddingGenerator.Fitted(
        new DataContent(picture, "image/bmp"), TitanEmbeddingGenerator.PictureLimits, ImageLimits.Default, CancellationToken.None);
}
