using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Serving;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary><c>serve</c>: the page and the API, until Ctrl-C.</summary>
internal static class ServeCommand
{
    private const int WrongConfiguration = 2;

    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var home = new HomeOptions();
        var listen = new Option<string?>("--listen") { Description = "Address where the page and the API are answered; port 0 takes a free one.", HelpName = "http://HOST:PORT" };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Open no browser." };
        var vision = new Option<bool>("--vision") { Description = "Let readers of the page and clients of the API have a model on Amazon Bedrock look at pictures; it costs money. docs/vision.md tells how much." };
        var command = new Verb(
            "serve",
            "Serve the page and the API over the collection, until Ctrl-C; opens the page in a browser where there is one.",
            new Example("imagesearch serve", "Search in the browser, on this machine alone."),
            new Example("imagesearch serve --listen http://127.0.0.1:9000 --no-browser", "On another port, for a program."),
            new Example("imagesearch serve --vision", "Offer to have hits judged, pictures described and questions about them answered."));
        home.AddTo(command);
        command.Add(listen);
        command.Add(vision);
        command.Add(noBrowser);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ResolvedSettings.Of(parsed, shell);
            var flags = settings.Values.Where(value => value.Source.StartsWith("flag ", StringComparison.Ordinal))
                .SelectMany(value => (string[])[value.Source["flag ".Length..], value.Value!]);
            string[] address = parsed.GetValue(listen) is { } given ? ["--listen", given] : [];
            string[] model = parsed.GetValue(vision) ? ["--vision", "true"] : [];
            using var server = ServerProgram.Start(shell, [.. flags, .. address, .. model], parsed.GetValue(GlobalOptions.Verbose));
            return (int)await RunAsync(shell, server, parsed.GetValue(noBrowser), cancellationToken);
        });
        return command;
    }

    private static async Task<ExitCode> RunAsync(Shell shell, ServerProgram server, bool noBrowser, CancellationToken cancellationToken)
    {
        if (await server.AddressAsync(cancellationToken) is { } address)
        {
            shell.Terminal.Out.WriteLine($"ImageSearch is at {address} until Ctrl-C.");
            shell.Terminal.Out.Flush();
            if (!noBrowser && Browser.IsThere(shell) && !Browser.TryOpen(address))
            {
                shell.Terminal.Error.WriteLine("No browser could be opened.");
            }
        }

        return await server.FollowAsync(cancellationToken) switch
        {
            0 => ExitCode.Done,
            WrongConfiguration => ExitCode.Usage,
            _ => ExitCode.Failed,
        };
    }
}
