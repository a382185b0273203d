using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>Values of facets as items of the query language.</summary>
public static class FacetItem
{
    /// <summary>The filter that lets pictures with the value pass, for example <c>camera:"EOS R5"</c>.</summary>
    /// <param name="facet">The facet.</param>
    /// <param name="value">One of its values, as the collection counts them.</param>
    public static string Of(ImageFacet facet, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return QueryPrinter.Condition(facet switch
        {
            ImageFacet.Library => new ImageCondition.InLibrary(value),
            ImageFacet.Folder => new ImageCondition.InFolder(value),
            ImageFacet.Format => new ImageCondition.HasFormat(value),
            ImageFacet.Camera => new ImageCondition.CameraContains(value),
            ImageFacet.Year => new ImageCondition.TakenWithin(YearOf(value), YearOf(value).Year == DateTime.MaxValue.Year ? null : YearOf(value).AddYears(1)),
            ImageFacet.Tag => new ImageCondition.HasTag(value),
            ImageFacet.Colour => new ImageCondition.HasColour(value, FilterValues.LeastColourShare),
            ImageFacet.Rating => new ImageCondition.RatingWithin(StarsOf(value), StarsOf(value)),
            _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, null),
        });
    }

    private static DateTime YearOf(string value) => new(int.Parse(value, CultureInfo.InvariantCulture), 1, 1);

    private static int StarsOf(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
