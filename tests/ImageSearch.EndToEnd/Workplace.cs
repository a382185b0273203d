using System.Diagnostics;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Testing.Qdrant;

namespace ImageSearch.EndToEnd;

/// <summary>A folder of its own with a home folder and pictures, in which the built program runs as a child process.</summary>
internal sealed class Workplace : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly TempFolder _folder = new();

    /// <summary>Makes the folders.</summary>
    public Workplace()
    {
        Directory.CreateDirectory(Pictures);
    }

    /// <summary>The folder in which the program runs.</summary>
    public string Folder => _folder.Path;

    /// <summary>The program's home folder; not there before the program makes it.</summary>
    public string Home => Path.Combine(Folder, "home");

    /// <summary>The folder for pictures.</summary>
    public string Pictures => Path.Combine(Folder, "pictures");

    /// <summary>Extra environment variables of the runs that follow.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Path of a picture.</summary>
    public string PictureAt(string relativePath) => Path.Combine(Pictures, relativePath);

    /// <summary>Four pictures of different colours, with words in their names, last changed on days of their own.</summary>
    public void AddPictures()
    {
        PngPicture.Write(PictureAt("red-flower.png"), 210, 20, 40);
        PngPicture.Write(PictureAt("green-meadow.png"), 30, 160, 40);
        PngPicture.Write(PictureAt("sea/blue-sea.png"), 20, 60, 190);
        PngPicture.Write(PictureAt("night/black-sky.png"), (x, y) => ((byte)(20 * y), (byte)(20 * y), (byte)(30 * y)));
        var day = new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc);
        foreach (var path in Directory.EnumerateFiles(Pictures, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            File.SetLastWriteTimeUtc(path, day);
            day = day.AddDays(1);
        }
    }

    /// <summary>Makes a model on the stand-in the provider of the runs that follow, and keeps this machine's own AWS settings out.</summary>
    public void UseBedrock(FakeBedrock server, string provider = "titan")
    {
        Environment["IMAGESEARCH__Embedding__Provider"] = provider;
        Environment["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = server.Http1.ToString();
        Environment["AWS_ACCESS_KEY_ID"] = "AKIDFAKEBEDROCK";
        Environment["AWS_SECRET_ACCESS_KEY"] = "fake-secret";
        Environment["AWS_REGION"] = "us-east-1";
        Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        Environment["AWS_CONFIG_FILE"] = Path.Combine(Folder, "no-aws-config");
        Environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(Folder, "no-aws-credentials");
    }

    /// <summary>Makes a collection on the stand-in that of the runs that follow.</summary>
    public void UseQdrant(FakeQdrant server, string apiKey)
    {
        Environment["IMAGESEARCH__Collection__Name"] = $"qdrant://{server.Url.Authority}/pictures";
        Environment["QDRANT_API_KEY"] = apiKey;
    }

    /// <summary>The options of the home folder as the environment of the runs has them, for looking into it.</summary>
    public ImageSearchOptions Options() => new()
    {
        Home = Home,
        Collection = Environment.GetValueOrDefault("IMAGESEARCH__Collection__Name"),
        CollectionApiKey = Environment.GetValueOrDefault("QDRANT_API_KEY"),
    };

    /// <summary>Runs the program to its end.</summary>
    public async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await FinishAsync(process);
    }

    /// <summary>Starts the program.</summary>
    public Process Start(params string[] arguments) => StartProgram("ImageSearch.Cli.dll", arguments);

    /// <summary>Starts one of the programs.</summary>
    public Process StartProgram(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo(System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("IMAGESEARCH", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["IMAGESEARCH_HOME"] = Home;
        start.Environment["TZ"] = "UTC";
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "2";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits for the end of a started program and gathers what it printed.</summary>
    public static async Task<ProgramRun> FinishAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new ProgramRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end within {Patience.TotalSeconds} s.");
        }
    }

    /// <summary>The text with the paths of this workplace replaced by <c>~</c>, so that it is the same in every run.</summary>
    public string Normalise(string text) => text.Replace(Folder, "~", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
