using ImageSearch.Collections;
using ImageSearch.Searching.Planning;
using ImageSearch.Vision;

namespace ImageSearch.Searching;

/// <summary>
/// Reads what the plain words of a query ask for beside words: dates and exclusions by rules; places, cameras, formats and more by a model where that
/// is asked for. The plan is a query like any other, to be seen and edited. Exact text, filters, weighted texts and pictures are never touched.
/// Safe for many threads.
/// </summary>
public sealed class QueryPlanner
{
    private readonly Interpreter _interpreter;
    private readonly IImageCollection _collection;
    private readonly QueryPlanning _usual;
    private readonly TimeProvider _time;

    /// <param name="interpreter">Asks the model.</param>
    /// <param name="collection">Knows which filters any picture passes.</param>
    /// <param name="usual">Who reads where nobody says it.</param>
    /// <param name="time">The clock.</param>
    internal QueryPlanner(Interpreter interpreter, IImageCollection collection, QueryPlanning usual, TimeProvider time) =>
        (_interpreter, _collection, _usual, _time) = (interpreter, collection, usual, time);

    /// <summary>The day, by the clock of this machine, as cameras have it.</summary>
    public DateOnly Today => DateOnly.FromDateTime(_time.GetLocalNow().DateTime);

    private string Useless => $"The answer of {_interpreter.Model} makes no query.";

    /// <summary>Plans a query by rules alone: no model, no network.</summary>
    /// <param name="query">The query as it was typed.</param>
    /// <param name="today">The day from which "yesterday" counts.</param>
    public static PlannedQuery Read(SearchQuery query, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(query);
        var phrases = new List<(string Words, string Items)>();
        var planned = PlainReading.Of(query, today, phrases);
        return new PlannedQuery(planned, query, new PlanRequest(QueryPlanning.Rules, today))
        {
            Summary = phrases.Count == 0 ? null : $"Read {string.Join(", ", phrases.Select(phrase => $"'{phrase.Words}' as {phrase.Items}"))}.",
        };
    }

    /// <summary>What a query asks for where no model is to be asked: as rules read it, unless the settings turn that off.</summary>
    public SearchQuery ReadUsually(SearchQuery query) => _usual == QueryPlanning.Off ? query : Read(query, Today).Query;

    /// <summary>
    /// Plans a query. A model is asked only where the request says so and the query has plain words; where it gives no answer that can be used, rules
    /// read the words, and the notes say why.
    /// </summary>
    /// <param name="query">The query as it was typed.</param>
    /// <param name="request">How it is planned.</param>
    /// <param name="cancellationToken">Stops the model.</param>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async Task<PlannedQuery> PlanAsync(SearchQuery query, PlanRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(request);
        if (query.PlainWords is not { } words)
        {
            return new PlannedQuery(query, query, new PlanRequest(QueryPlanning.Off, request.Today));
        }

        return request.By == QueryPlanning.Model ? await PlanByModelAsync(query, words, request, cancellationToken)
            : request.Translates ? await TranslateAsync(query, words, request, cancellationToken)
            : ByRules(query, request);
    }

    private static PlannedQuery ByRules(SearchQuery query, PlanRequest request) => request.By == QueryPlanning.Off
        ? new PlannedQuery(query, query, new PlanRequest(QueryPlanning.Off, request.Today))
        : Read(query, request.Today);

    private async Task<PlannedQuery> PlanByModelAsync(SearchQuery query, string words, PlanRequest request, CancellationToken cancellationToken)
    {
        var (answer, problem) = await _interpreter.PlanAsync(words, request.Today, request.Translates, cancellationToken);
        var reading = new ModelReading(answer ?? new PlanAnswer(), request.Today);
        if (await reading.ApplyAsync(query, _collection, cancellationToken) is not { } read)
        {
            return ByRules(query, request) with { Notes = [$"Rules alone read the words. {problem ?? Useless}"] };
        }

        var planned = PlainReading.Of(read, request.Today, []);
        var translation = request.Translates && Languages.Foreign(answer?.Language) is { } language ? new QueryTranslation(language, planned.PlainWords ?? "") : null;
        return Translated(
            new PlannedQuery(planned, query, request) { Summary = $"{_interpreter.Model} read '{words}' as {planned}.", Notes = reading.Notes }, translation);
    }

    private async Task<PlannedQuery> TranslateAsync(SearchQuery query, string words, PlanRequest request, CancellationToken cancellationToken)
    {
        var (answer, problem) = await _interpreter.TranslateAsync(words, cancellationToken);
        var english = ModelText.OneLine(answer?.English, Interpreter.LongestText);
        var language = Languages.Foreign(answer?.Language);
        if (answer is null || (language is not null && !QueryPrinter.IsPlain(english)))
        {
            return ByRules(query, request) with { Notes = [$"The words were not translated. {problem ?? Useless}"] };
        }

        var planned = ByRules(language is null ? query : query.With(english, [], []), request);
        return Translated(
            planned with { Typed = query, Request = planned.Request with { Translates = language is not null } },
            language is null ? null : new QueryTranslation(language, english));
    }

    /// <summary>The words as they were typed are ranked by too, unless some of them say what is not wanted.</summary>
    private static PlannedQuery Translated(PlannedQuery planned, QueryTranslation? translation)
    {
        if (translation is null)
        {
            return planned;
        }

        var query = planned.Query;
        var excludes = QueryWords.Excluded(query.Filter).Length > 0 || query.Parts.Any(part => part is QueryPart.Text { Weight: < 0 });
        return planned with
        {
            Query = excludes ? query : query with { OtherWords = planned.Words },
            Translated = translation,
            Notes = [$"Translated from {Languages.NameOf(translation.From)}: '{translation.Text}'.", .. planned.Notes],
        };
    }
}
