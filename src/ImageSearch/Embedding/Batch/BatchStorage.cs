using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

namespace ImageSearch.Embedding.Batch;

/// <summary>The files of jobs in Amazon S3. Credentials, region and endpoint (<c>AWS_ENDPOINT_URL_S3</c>) come from the usual places of AWS.</summary>
internal sealed class BatchStorage : IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly TransferUtility _transfer;

    /// <summary>Storage with the credentials that the usual chain of AWS finds.</summary>
    /// <exception cref="BatchException">No region is known.</exception>
    public BatchStorage()
        : this(Connect())
    {
    }

    /// <summary>Storage that takes over <paramref name="client"/>.</summary>
    public BatchStorage(AmazonS3Client client) => (_client, _transfer) = (client, new TransferUtility(client));

    /// <summary>Puts a file there, in parts when it is large; one that is there already is replaced.</summary>
    /// <exception cref="BatchException">S3 refused, or could not be reached.</exception>
    public async Task UploadAsync(string file, S3Location location, string name, CancellationToken cancellationToken)
    {
        try
        {
            await _transfer.UploadAsync(
                new TransferUtilityUploadRequest { FilePath = file, BucketName = location.Bucket, Key = location.Prefix + name, ContentType = "application/jsonl" },
                cancellationToken);
        }
        catch (Exception failure) when (IsOfS3(failure, cancellationToken))
        {
            throw Explain(failure, "write", location.UriOf(name));
        }
    }

    /// <summary>Opens an object from a byte on; null when it is not there.</summary>
    /// <param name="location">The folder.</param>
    /// <param name="name">Its name in it.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="tag">The tag of the object that was meant before; null for whichever is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BatchException">S3 refused, or could not be reached.</exception>
    public async Task<GetObjectResponse?> OpenAsync(S3Location location, string name, long offset, string? tag, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = location.Bucket, Key = location.Prefix + name, EtagToMatch = tag };
        if (offset > 0)
        {
            request.ByteRange = new ByteRange(FormattableString.Invariant($"bytes={offset}-"));
        }

        try
        {
            return await _client.GetObjectAsync(request, cancellationToken);
        }
        catch (AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchKey")
        {
            return null;
        }
        catch (Exception failure) when (IsOfS3(failure, cancellationToken))
        {
            throw Explain(failure, "read", location.UriOf(name));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transfer.Dispose();
        _client.Dispose();
    }

    private static AmazonS3Client Connect()
    {
        try
        {
            var found = new AmazonS3Config();

            // An endpoint of one's own seldom has a host name for each bucket. It is set anew, because the client prefers a region to one that it
            // found itself; then it must be told the region to sign for.
            return found.ServiceURL is { } endpoint
                ? new AmazonS3Client(new AmazonS3Config { ServiceURL = endpoint, ForcePathStyle = true, AuthenticationRegion = found.RegionEndpoint?.SystemName })
                : new AmazonS3Client(found);
        }
        catch (AmazonClientException failure)
        {
            throw new BatchException($"Amazon S3 cannot be called: {failure.Message} Set AWS_REGION, for example to us-east-1, or a region in the profile.", failure);
        }
    }

    private static bool IsOfS3(Exception failure, CancellationToken cancellationToken) =>
        failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static BatchException Explain(Exception failure, string action, string address)
    {
        var refusal = failure as AmazonS3Exception;
        var cure = refusal switch
        {
            { ErrorCode: "NoSuchBucket" } => "Make the bucket, or give another.",
            { ErrorCode: "PermanentRedirect" or "AuthorizationHeaderMalformed" } or { StatusCode: HttpStatusCode.MovedPermanently } =>
                "The bucket is in another region: give one in the region that is set (AWS_REGION).",
            { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "RequestTimeTooSkewed" } =>
                "Sign in again, or check the keys and the clock.",
            { StatusCode: HttpStatusCode.Forbidden } => "Allow s3:PutObject, s3:GetObject, s3:AbortMultipartUpload and s3:ListBucket there in IAM.",
            null when failure is not (HttpRequestException or IOException or OperationCanceledException) => "Check the AWS credentials and the region.",
            _ => "Run the same command again to go on.",
        };
        return new BatchException($"Amazon S3 did not let {address} be {(action == "read" ? "read" : "written")}: {failure.Message.TrimEnd('.')}. {cure}", failure);
    }
}
