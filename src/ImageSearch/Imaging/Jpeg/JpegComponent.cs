namespace ImageSearch.Imaging.Jpeg;

/// <summary>One component of a JPEG's frame: brightness, or one of the two differences of colour.</summary>
/// <param name="Id">What the scan knows it by.</param>
/// <param name="Across">Blocks in a unit, side by side.</param>
/// <param name="Down">Blocks in a unit, one above the other.</param>
/// <param name="Quantiser">The number of its quantisation table.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down, int Quantiser)
{
    /// <summary>The code of its means.</summary>
    public HuffmanCode? First { get; set; }

    /// <summary>The code of its other coefficients.</summary>
    public HuffmanCode? Others { get; set; }
}
