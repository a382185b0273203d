using ImageSearch.Server.Problems;
using ImageSearch.Vision;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

public sealed class VisionProblemTests
{
    [Theory]
    [InlineData(VisionFault.InputRejected, 400, null)]
    [InlineData(VisionFault.CostCapReached, 402, null)]
    [InlineData(VisionFault.Refused, 422, null)]
    [InlineData(VisionFault.UnusableAnswer, 502, null)]
    [InlineData(VisionFault.TimedOut, 504, null)]
    [InlineData(VisionFault.Throttled, 503, "vision")]
    [InlineData(VisionFault.AccessRefused, 503, "vision")]
    public void Each_fault_of_a_model_is_a_problem_with_its_message(VisionFault fault, int status, string? dependency)
    {
        var problem = Problem.Of(new VisionException(fault, "what happened, and the cure"));

        Assert.Equal((status, "what happened, and the cure", dependency), (problem.Status, problem.Detail, problem.Dependency));
    }

    [Fact]
    public void Only_what_may_pass_by_itself_says_when_to_ask_again()
    {
        Assert.NotNull(Problem.Of(new VisionException(VisionFault.Throttled, "busy") { IsTransient = true }).RetryAfter);
        Assert.Null(Problem.Of(new VisionException(VisionFault.AccessRefused, "no access")).RetryAfter);
    }
}
