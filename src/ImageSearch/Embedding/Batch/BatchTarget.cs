namespace ImageSearch.Embedding.Batch;

/// <summary>What new jobs are made of.</summary>
/// <param name="Model">The embedding model's id.</param>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Location">The folder in S3.</param>
/// <param name="RoleArn">The role that the service takes on to read and write there.</param>
internal sealed record BatchTarget(string Model, int Dimension, S3Location Location, string RoleArn);
