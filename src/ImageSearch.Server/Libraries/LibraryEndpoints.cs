using System.ComponentModel;
using ImageSearch.Collections;
using ImageSearch.Server.Safety;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ImageSearch.Server.Libraries;

/// <summary>Libraries over HTTP: what is indexed of them, and runs of the indexer.</summary>
internal static class LibraryEndpoints
{
    private const string Name = "The name of the library.";
    private const int DefaultFailures = 100;
    private const int MostFailures = 1_000;

    /// <summary>Libraries, their runs, the events of those, and collections.</summary>
    public static void MapLibraries(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Libraries");
        routes.MapGet("/libraries", ListAsync).Takes()
            .WithName("libraries").WithSummary("Lists the libraries, and how much of each is indexed.");
        routes.MapGet("/libraries/{name}/failures", Failures).Takes("limit")
            .WithName("failures").WithSummary("Lists the files of a library that were refused, and why.");
        routes.MapPost("/libraries/{name}/index", (IndexRuns runs, ImageSearchHome home, [Description(Name)] string name, CancellationToken cancellationToken) =>
                StartAsync(runs, home, name, RunKind.Index, cancellationToken)).Takes().NeedsWrite()
            .WithName("index").WithSummary("Begins to index a library within this server. One that is being indexed already is left alone.");
        routes.MapPost("/libraries/{name}/retry", (IndexRuns runs, ImageSearchHome home, [Description(Name)] string name, CancellationToken cancellationToken) =>
                StartAsync(runs, home, name, RunKind.Retry, cancellationToken)).Takes().NeedsWrite()
            .WithName("retry").WithSummary("The same, and takes up every file again that was refused before.");
        routes.MapDelete("/libraries/{name}/index", StopAsync).Takes().NeedsWrite()
            .WithName("stop").WithSummary("Asks the run of a library within this server to write what is finished and end.");
        routes.MapGet("/events", (EventStream stream, HttpContext context) => stream.WriteAsync(context)).Takes().Streams()
            .WithName("events").WithSummary("Server-sent events: 'progress' of runs within this server, and 'collection' when searches see something new.")
            .Produces<string>(contentType: "text/event-stream");
        routes.MapGet("/collections", CollectionsAsync).Takes()
            .WithName("collections").WithSummary("Lists the collections that lie beside the one that is searched.");
    }

    private static async Task<LibrariesAnswer> ListAsync(LibraryLedgers ledgers, IndexRuns runs, CancellationToken cancellationToken)
    {
        var current = await runs.CurrentAsync(cancellationToken);
        return new LibrariesAnswer([.. ledgers.List().Select(library => LibraryAnswer.Of(library, current.GetValueOrDefault(library.Name)))]);
    }

    private static FailuresAnswer Failures(
        LibraryLedgers ledgers,
        [Description(Name)] string name,
        [Description("Most files, 1 to 1,000; 100 by default.")] int? limit)
    {
        var most = limit ?? DefaultFailures;
        if (most is < 1 or > MostFailures)
        {
            throw new BadHttpRequestException($"The limit is {most}. Ask for 1 to {MostFailures}.");
        }

        var library = ledgers.List().FirstOrDefault(library => library.Name == name) ?? throw Unknown();
        return new FailuresAnswer(library.Failed.Count, [.. library.Failed.Take(most).Select(file => new FailedPicture(file.Path, file.Reason, file.Message))]);
    }

    private static async Task<Accepted<LibraryProgress>> StartAsync(
        IndexRuns runs, ImageSearchHome home, string name, RunKind kind, CancellationToken cancellationToken) =>
        TypedResults.Accepted("/api/events", await runs.StartAsync(home.Libraries.Find(name) ?? throw Unknown(), kind, cancellationToken));

    private static async Task<Accepted<LibraryProgress>> StopAsync(
        IndexRuns runs, [Description(Name)] string name, CancellationToken cancellationToken) =>
        TypedResults.Accepted("/api/events", await runs.StopAsync(name, cancellationToken)
            ?? throw new BadHttpRequestException("This server is not indexing such a library.", StatusCodes.Status404NotFound));

    private static async Task<CollectionsAnswer> CollectionsAsync(ImageSearchHome home, CancellationToken cancellationToken)
    {
        using var server = home.OpenServer();
        var names = server is null ? home.Collections : [.. (await server.ListAsync(cancellationToken)).Select(address => address.ToString())];
        var answers = new List<CollectionAnswer>();
        foreach (var name in names)
        {
            answers.Add(await AnswerAsync(home, name, cancellationToken));
        }

        return new CollectionsAnswer(answers);
    }

    private static async Task<CollectionAnswer> AnswerAsync(ImageSearchHome home, string name, CancellationToken cancellationToken)
    {
        var isSearched = name == home.CollectionName;
        try
        {
            await using var collection = await home.OpenCollectionAsync(name, CollectionAccess.Read, cancellationToken);
            var points = await collection.CountAsync(ImageFilter.All, cancellationToken);
            return new CollectionAnswer(name, isSearched, points, collection.Fingerprint.Model, collection.Fingerprint.Dimension);
        }
        catch (CollectionException failure) when (failure.Fault != CollectionFault.Unreachable)
        {
            return new CollectionAnswer(name, isSearched);
        }
    }

    private static BadHttpRequestException Unknown() =>
        new("There is no library of that name. GET /api/libraries lists those that there are.", StatusCodes.Status404NotFound);
}
