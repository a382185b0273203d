using System.Globalization;

namespace ImageSearch.Cli.Output;

/// <summary>US dollars as people read them.</summary>
internal static class MoneyText
{
    /// <summary>For example <c>$12.50</c>, <c>$0.0312</c>, <c>$0.00024</c>.</summary>
    public static string Of(decimal dollars) =>
        "$" + dollars.ToString(dollars is > 0 and < 0.01m ? "0.00#######" : "0.00##", CultureInfo.InvariantCulture);
}
