using ImageSearch.Searching;
using ImageSearch.Server.Safety;
using ImageSearch.Server.Settings;

namespace ImageSearch.Server.Vision;

/// <summary>Whether this server asks a model at all: it costs money, so that its owner must say so.</summary>
internal sealed class VisionPermission(ServerOptions options)
{
    /// <summary>Lets a request on that would ask a model.</summary>
    /// <exception cref="BadHttpRequestException">This server asks none: 403.</exception>
    public void Check()
    {
        if (!options.Vision)
        {
            throw new BadHttpRequestException(
                "This server asks no model. Its owner lets it by --vision or Server:Vision=true; docs/vision.md tells what that costs.", StatusCodes.Status403Forbidden);
        }
    }

    /// <summary>What a client with such access can have; null where this server asks no model.</summary>
    public VisionState? StateFor(Access access)
    {
        var vision = options.Search.Vision;
        return options.Vision && access >= Access.Read
            ? new VisionState(
                vision.Model,
                access >= Access.Write,
                vision.CostOfCaptions(1),
                vision.CostOfQuestion(1),
                new VisionState.JudgeState(JudgedSearch.UsualHits, vision.CostOfJudging(JudgedSearch.UsualHits)))
            : null;
    }
}
