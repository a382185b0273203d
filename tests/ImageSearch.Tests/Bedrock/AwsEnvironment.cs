using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ImageSearch.Tests.Bedrock;

/// <summary>Takes every AWS variable out of the environment, puts the given ones in, and restores all at the end.</summary>
/// <remarks>The environment belongs to the process, so tests that use this share the collection <see cref="Collection"/>.</remarks>
internal sealed class AwsEnvironment : IDisposable
{
    public const string Collection = "AWS environment";

    /// <summary>The one profile of the shared files: the key that FakeBedrock knows.</summary>
    public const string Profile = "pictures";

    private readonly Dictionary<string, string?> _before = [];

    // The Core asks for the paths of the shared files only once and remembers what they hold, so both are there before any test.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Whichever test first makes a client of AWS makes the Core ask.")]
    internal static void WriteSharedFiles()
    {
        var credentials = Path.Combine(AppContext.BaseDirectory, "aws-credentials");
        var config = Path.Combine(AppContext.BaseDirectory, "aws-config");
        Write(credentials, $"[{Profile}]\naws_access_key_id = AKIDFAKEBEDROCK\naws_secret_access_key = fake-secret\n");
        Write(config, $"[profile {Profile}]\nregion = us-east-1\n");
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", credentials);
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", config);
    }

    public AwsEnvironment(params (string Name, string Value)[] variables)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (((string)variable.Key).StartsWith("AWS_", StringComparison.Ordinal) && (string)variable.Key is not ("AWS_SHARED_CREDENTIALS_FILE" or "AWS_CONFIG_FILE"))
            {
                Set((string)variable.Key, null);
            }
        }

        // Neither a metadata service nor the files of the person who runs the tests take part.
        Set("AWS_EC2_METADATA_DISABLED", "true");
        foreach (var (name, value) in variables)
        {
            Set(name, value);
        }

        Forget();
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Forget();
    }

    // Children of the tests come by here too, and must not write under the eyes of the Core.
    private static void Write(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path, text);
        }
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    // The Core remembers what it once read.
    private static void Forget()
    {
        FallbackRegionFactory.Reset();
        FallbackInternalConfigurationFactory.Reset();
    }
}
