using System.Diagnostics;
using Xunit;

namespace ImageSearch.Tests.Collections.Vectors;

/// <summary>Runs the tests of codes again in a process that may not use some of this processor's instructions.</summary>
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Codes_work_without_the_instructions(string setting)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "vstest", typeof(InstructionSetTests).Assembly.Location, "/TestCaseFilter:FullyQualifiedName~Vectors.CodeTests|FullyQualifiedName~QuantisedSearchTests.Rows_that_have_no_codes" },
            Environment = { [setting] = "0" },
        };
        using Process tests = Process.Start(start)!;

        string output = await tests.StandardOutput.ReadToEndAsync();
        await tests.WaitForExitAsync();

        Assert.True(tests.ExitCode == 0, output);
        Assert.Contains("Passed:", output, StringComparison.Ordinal);
    }
}
