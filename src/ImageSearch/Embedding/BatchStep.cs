namespace ImageSearch.Embedding;

/// <summary>What a batch has just done, for showing.</summary>
public abstract record BatchStep
{
    private BatchStep()
    {
    }

    /// <summary>Jobs of an earlier run were found; they are gone on with.</summary>
    /// <param name="Jobs">Their number.</param>
    /// <param name="UnderWay">So many of them are submitted already.</param>
    /// <param name="Pictures">The pictures in them.</param>
    public sealed record Resumed(int Jobs, int UnderWay, long Pictures) : BatchStep;

    /// <summary>A picture was made ready.</summary>
    /// <param name="Pictures">So many in this run.</param>
    public sealed record Prepared(long Pictures) : BatchStep;

    /// <summary>A file of pictures is in S3.</summary>
    /// <param name="Address">Where.</param>
    /// <param name="Pictures">The pictures in it.</param>
    /// <param name="Bytes">Its size.</param>
    public sealed record Uploaded(string Address, int Pictures, long Bytes) : BatchStep;

    /// <summary>A job was submitted.</summary>
    /// <param name="JobArn">Its ARN.</param>
    /// <param name="Pictures">The pictures in it.</param>
    public sealed record Submitted(string JobArn, int Pictures) : BatchStep;

    /// <summary>So many pictures are fewer than a job may have; they are left over.</summary>
    /// <param name="Pictures">Their number.</param>
    /// <param name="Minimum">The fewest that a job may have.</param>
    public sealed record TooFew(int Pictures, int Minimum) : BatchStep;

    /// <summary>Jobs are under way.</summary>
    /// <param name="Jobs">Their number.</param>
    /// <param name="State">The state that the service gives the one that is furthest, for example <c>InProgress</c>.</param>
    /// <param name="Processed">Pictures that the service says it has done.</param>
    /// <param name="Pictures">The pictures in them.</param>
    public sealed record Waiting(int Jobs, string State, long Processed, long Pictures) : BatchStep;

    /// <summary>A job has ended and its vectors are in the cache.</summary>
    /// <param name="JobArn">Its ARN.</param>
    /// <param name="State">The state that it ended in, for example <c>Completed</c>.</param>
    /// <param name="Embedded">Pictures that have a vector now.</param>
    /// <param name="Failed">Pictures that the model refused, or for which it gave no usable vector.</param>
    /// <param name="Missing">Pictures for which the job has no answer.</param>
    public sealed record Loaded(string JobArn, string State, int Embedded, int Failed, int Missing) : BatchStep;

    /// <summary>A picture in a job came back without a vector; it is left over.</summary>
    /// <param name="Path">Its path below the root of its library.</param>
    /// <param name="Reason">What the service says.</param>
    public sealed record Refused(string Path, string Reason) : BatchStep;
}
