using System.Diagnostics;

namespace ImageSearch.Testing.Children;

/// <summary>
/// The processes that tests start beside themselves: this assembly run as a program, with the child's name as the first
/// argument. A child says on its standard output what it has done, one line each, so that no test needs to wait for a time.
/// </summary>
public static class ChildProgram
{
    private static readonly Dictionary<string, Func<string[], Task>> Children = new()
    {
        [CollectionChildren.Write] = CollectionChildren.WriteAsync,
        [CollectionChildren.Hold] = CollectionChildren.HoldAsync,
        [FakeQdrantChild.Serve] = FakeQdrantChild.ServeAsync,
        [BedrockChild.Serve] = BedrockChild.ServeAsync,
    };

    /// <summary>Starts a child; the caller kills it or waits for its end.</summary>
    public static Process Start(string child, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildProgram).Assembly.Location, child, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"The child '{child}' did not start.");
    }

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length == 0 || !Children.TryGetValue(arguments[0], out var child))
        {
            await Console.Error.WriteLineAsync($"Started by tests, with one of: {string.Join(", ", Children.Keys)}.");
            return 2;
        }

        await child(arguments[1..]);
        return 0;
    }
}
