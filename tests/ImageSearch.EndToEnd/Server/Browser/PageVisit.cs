using System.Text.RegularExpressions;
using System.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>A look at the page by somebody who was never there before.</summary>
internal sealed class PageVisit : IAsyncDisposable
{
    private const float PatienceMilliseconds = 30_000;
    private readonly Uri _address;
    private readonly IBrowserContext _context;

    private PageVisit(Uri address, IBrowserContext context, IPage page)
    {
        (_address, _context, Page) = (address, context, page);
        page.Console += (_, message) => NoteConsole(message);
        page.PageError += (_, error) => Complaints.Add($"error: {error}");
        page.Request += (_, request) => NoteRequest(new Uri(request.Url));
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What should not have been: errors of scripts, offences against the policy of content, requests to others.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The pictures of the grid, in order.</summary>
    public ILocator Tiles => Page.Locator(".tile a.picture");

    /// <summary>The box.</summary>
    public ILocator Box => Page.GetByRole(AriaRole.Combobox, new() { Name = "Search your pictures" });

    /// <summary>The viewer, while it is open.</summary>
    public ILocator Viewer => Page.Locator("dialog.viewer[open]");

    /// <summary>The query as the address has it.</summary>
    public string Query => AddressValue("q");

    /// <summary>Goes to the page and waits for the answer; unless <paramref name="vision"/> is set, the page knows of no model.</summary>
    public static async Task<PageVisit> ToAsync(ServedPictures pictures, string query = "", ColorScheme scheme = ColorScheme.Light, bool phone = false, bool vision = false)
    {
        SetDefaultExpectTimeout(PatienceMilliseconds);
        var context = await pictures.Browser.NewContextAsync(new()
        {
            ColorScheme = scheme,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            DeviceScaleFactor = phone ? 2 : 1,
            HasTouch = phone,
            IsMobile = phone,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        var visit = new PageVisit(pictures.Address, context, await context.NewPageAsync());
        if (!vision)
        {
            await visit.Page.RouteAsync("**/api/session", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"read":true,"write":true,"keysRequired":false}""" }));
        }

        await visit.GoAsync(query);
        return visit;
    }

    /// <summary>Goes to a search, as one does who was given its address.</summary>
    public async Task GoAsync(string query)
    {
        await Page.GotoAsync(new Uri(_address, query == "" ? "/" : $"/?q={Uri.EscapeDataString(query)}").ToString());
        await AnsweredAsync();
    }

    /// <summary>Waits until the page is done with its search.</summary>
    public Task AnsweredAsync() => Expect(Page.Locator("photo-grid")).ToHaveAttributeAsync("aria-busy", "false");

    /// <summary>Waits until the address holds a query.</summary>
    public Task QueryIsAsync(string pattern) => Page.WaitForFunctionAsync(
        "pattern => new RegExp(pattern).test(new URLSearchParams(location.search).get('q') ?? '')", pattern);

    /// <summary>Waits until the first picture is one of these words.</summary>
    public Task FirstIsAsync(string words) => Expect(Tiles.First.Locator("img")).ToHaveAttributeAsync("alt", new Regex(words));

    /// <summary>A part of the address.</summary>
    public string AddressValue(string name) => HttpUtility.ParseQueryString(new Uri(Page.Url).Query)[name] ?? "";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void NoteConsole(IConsoleMessage message)
    {
        // An answer of 4xx or 5xx is said in the console too; the page tells of it itself.
        if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal))
        {
            Complaints.Add($"{message.Type}: {message.Text}");
        }
    }

    private void NoteRequest(Uri uri)
    {
        if (uri.Scheme is not ("data" or "blob") && uri.Authority != _address.Authority)
        {
            Complaints.Add($"request to another origin: {uri}");
        }
    }
}
