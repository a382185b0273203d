namespace ImageSearch.Server;

/// <summary>Refuses parameters of the address that an endpoint does not know, or that are there twice: what is asked for is never guessed.</summary>
internal static class KnownParameters
{
    private const int LongestName = 40;

    /// <summary>Says which parameters the endpoint takes behind the question mark.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params string[] names) => endpoint.AddEndpointFilter((context, next) =>
    {
        Check(context.HttpContext.Request.Query, names);
        return next(context);
    });

    private static void Check(IQueryCollection query, string[] names)
    {
        foreach (var (name, values) in query)
        {
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new BadHttpRequestException(
                    $"There is no parameter '{(name.Length > LongestName ? name[..LongestName] + "…" : name)}' here. {(names.Length == 0 ? "None is taken." : $"Known are {string.Join(", ", names)}.")}");
            }

            if (values.Count > 1)
            {
                throw new BadHttpRequestException($"The parameter '{name}' is given {values.Count} times. Give it once.");
            }
        }
    }
}
