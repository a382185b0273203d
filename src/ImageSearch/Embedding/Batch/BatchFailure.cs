using System.Net;
using ImageSearch.Bedrock;

namespace ImageSearch.Embedding.Batch;

/// <summary>Says what a refusal of Bedrock means for a batch, and the cure.</summary>
internal static class BatchFailure
{
    public static BatchException From(BedrockException failure, BatchTarget target) => new(
        failure switch
        {
            ServiceQuotaExceededException =>
                $"The account takes no more batch jobs: {failure.Message} Run the same command again when other jobs have ended, or ask for a higher quota in the AWS console (Service Quotas, Amazon Bedrock).",
            AccessDeniedException =>
                $"The credentials may not work with batch jobs: {failure.Message} Allow bedrock:CreateModelInvocationJob, bedrock:GetModelInvocationJob and bedrock:ListModelInvocationJobs in IAM, and iam:PassRole for {target.RoleArn}.",
            ResourceNotFoundException =>
                $"Amazon Bedrock does not know what it was asked about: {failure.Message} Check that the region is the one in which the jobs were submitted, and that it offers {target.Model}.",
            ValidationException =>
                $"Amazon Bedrock does not take the job: {failure.Message} Check the role {target.RoleArn}, the place {target.Location}, and that the model {target.Model} offers batch inference in this region.",
            { StatusCode: HttpStatusCode.Forbidden } => $"Amazon Bedrock refused the credentials: {failure.Message} Sign in again, or check the keys and the clock.",
            _ => $"Amazon Bedrock cannot be asked about batch jobs: {failure.Message} Run the same command again to go on.",
        },
        failure);
}
