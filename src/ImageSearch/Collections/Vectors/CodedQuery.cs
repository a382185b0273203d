namespace ImageSearch.Collections.Vectors;

/// <summary>A query inside the subspace, in whole levels of −127…127.</summary>
/// <param name="Address">Where <see cref="Levels"/> begins.</param>
/// <param name="Width">Dimensions of the subspace.</param>
/// <param name="Step">What one level stands for.</param>
/// <param name="Shift">7.5 times the sum of the levels: what the nibbles' middle adds to each sum.</param>
/// <param name="Origin">The product of the query with the rows' mean.</param>
internal readonly unsafe record struct CodedQuery(nint Address, int Width, float Step, float Shift, float Origin)
{
    /// <summary>Shape [<see cref="Width"/>].</summary>
    public sbyte* Levels => (sbyte*)Address;

    /// <summary>Codes a query. Plain loops: what the tensor library would have to compile for the first search takes longer than they do.</summary>
    /// <param name="model">The model.</param>
    /// <param name="query">Shape [dimension].</param>
    /// <param name="levels">Room for the levels; must not move while the query is in use.</param>
    public static CodedQuery Of(CodeModel model, float* query, sbyte* levels)
    {
        Span<float> projected = stackalloc float[model.Width];
        model.Project(query, projected);
        float largest = 0;
        foreach (float number in projected)
        {
            largest = Math.Max(largest, Math.Abs(number));
        }

        float step = largest > 0 ? largest / 127 : 1;
        int sum = 0;
        for (int i = 0; i < projected.Length; i++)
        {
            levels[i] = (sbyte)Math.Clamp(MathF.Round(projected[i] / step), -127, 127);
            sum += levels[i];
        }

        return new CodedQuery((nint)levels, model.Width, step, 7.5f * sum, model.MeanProduct(query));
    }
}
