using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Playwright;
using Xunit;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>The page over an answer of 10,000 hits: the server's own, repeated, so that their pictures are real and each has an address of its own.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LongAnswerTests(ServedPictures pictures)
{
    private const int Hits = 10_000;
    private const double MostHeapBytes = 200e6;
    private const double MostElements = 5_000;

    [ChromiumFact]
    public async Task Ten_thousand_hits_are_scrolled_with_a_bounded_document_and_heap()
    {
        await using var visit = await PageVisit.ToAsync(pictures);
        var real = (await pictures.Server.GetAsync("/api/search?limit=500")).GetProperty("results").EnumerateArray().Select(hit => hit.GetRawText()).ToList();
        await visit.Page.RouteAsync("**/api/search?**", route => route.FulfillAsync(new() { ContentType = "application/json", Body = Answer(route.Request.Url, real) }));
        await visit.GoAsync("long");

        var (reached, mostElements) = await ScrollToTheEndAsync(visit.Page);

        var session = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await session.SendAsync("Performance.enable");
        await session.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        Assert.Equal(Hits, reached);
        Assert.InRange(mostElements, 1, MostElements);
        Assert.InRange(metrics["JSHeapUsedSize"], 1, MostHeapBytes);
        Assert.Empty(visit.Complaints);
    }

    /// <summary>Scrolls two heights of the window at a time, and looks when it is painted; gives the last hit seen and the most elements at once.</summary>
    private static async Task<(int Last, int MostElements)> ScrollToTheEndAsync(IPage page)
    {
        var seen = await page.EvaluateAsync<int[]>(
            """
            async hits => {
              const painted = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
              let most = 0;
              let last = 0;
              // A busy machine may need many looks at the same place; one that never gets there ends all the same.
              for (let look = 0; last < hits && look < 100_000; look++) {
                window.scrollBy({ top: innerHeight * 2, behavior: 'instant' });
                await painted();
                most = Math.max(most, document.querySelectorAll('*').length);
                last = Number(document.querySelector('.tile:last-child').getAttribute('aria-posinset'));
              }
              return [last, most];
            }
            """,
            Hits);
        return (seen[0], seen[1]);
    }

    private static string Answer(string url, List<string> real)
    {
        var asked = HttpUtility.ParseQueryString(new Uri(url).Query);
        var offset = int.Parse(asked["cursor"] ?? "0", CultureInfo.InvariantCulture);
        var end = Math.Min(Hits, offset + int.Parse(asked["limit"]!, CultureInfo.InvariantCulture));
        var hits = new JsonArray([.. Enumerable.Range(offset, end - offset).Select(place => Hit(real[place % real.Count], place))]);
        var answer = new JsonObject { ["query"] = "long", ["results"] = hits, ["hasMore"] = end < Hits, ["elapsedMilliseconds"] = 1, ["notes"] = new JsonArray() };
        if (end < Hits)
        {
            answer["nextCursor"] = end.ToString(CultureInfo.InvariantCulture);
        }

        return answer.ToJsonString(JsonSerializerOptions.Web);
    }

    private static JsonNode Hit(string real, int place)
    {
        var hit = JsonNode.Parse(real)!;
        hit["rank"] = place + 1;
        hit["sha256"] = place.ToString("x8", CultureInfo.InvariantCulture).PadRight(64, '0');
        return hit;
    }
}
