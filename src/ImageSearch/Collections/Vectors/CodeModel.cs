using System.Numerics.Tensors;

namespace ImageSearch.Collections.Vectors;

/// <summary>What was learnt from a sample of the rows: their mean and the subspace that holds most of what differs between them.</summary>
internal sealed class CodeModel
{
    /// <summary>Sums of errors that the model keeps.</summary>
    public const int ErrorRows = 128;

    /// <summary>The largest width.</summary>
    public const int MostWidth = 256;

    private readonly float[] _errors;
    private readonly float[] _projection;
    private readonly float[] _projectedMean;

    /// <param name="mean">Shape [dimension].</param>
    /// <param name="projection">Shape [width, dimension]: rows of unit length at right angles, or zero where the width exceeds the dimension.</param>
    /// <param name="trainedRows">Rows in the store when the model was learnt.</param>
    /// <param name="capturedShare">Share of the squared distance from the mean that lies in the subspace, 0…1, over the sample.</param>
    /// <param name="errors">Shape [<see cref="ErrorRows"/>, dimension]: see <see cref="ErrorOf"/>.</param>
    public unsafe CodeModel(float[] mean, float[] projection, int trainedRows, float capturedShare, float[] errors)
    {
        _errors = errors;
        Mean = mean;
        Width = projection.Length / mean.Length;
        TrainedRows = trainedRows;
        CapturedShare = capturedShare;
        _projection = projection;
        _projectedMean = new float[Width];
        fixed (float* numbers = mean)
        {
            Project(numbers, _projectedMean);
        }
    }

    /// <summary>Shape [dimension].</summary>
    public float[] Mean { get; }

    /// <summary>Dimensions of the subspace, a multiple of <see cref="CodeBlock.WidthStep"/>.</summary>
    public int Width { get; }

    /// <summary>Rows in the store when the model was learnt.</summary>
    public int TrainedRows { get; }

    /// <summary>Share of the squared distance from the mean that lay in the subspace, 0…1, when the model was learnt.</summary>
    public float CapturedShare { get; }

    /// <summary>Shape [<see cref="Width"/>, dimension].</summary>
    public ReadOnlySpan<float> Projection => _projection;

    /// <summary>Shape [<see cref="ErrorRows"/>, dimension].</summary>
    public ReadOnlySpan<float> Errors => _errors;

    /// <summary>Bytes that the model takes in memory, whatever the number of rows.</summary>
    public long Bytes => (_projection.LongLength + _errors.LongLength + Mean.LongLength + Width) * sizeof(float);

    /// <summary>
    /// The width that suits a number of rows. A scan takes as long as its bytes take from the memory, so wide codes, which leave fewer
    /// rows to score exactly, pay only while all of them stay in a core's cache.
    /// </summary>
    public static int WidthFor(int rows, int dimension)
    {
        int wanted = rows switch
        {
            < 20_000 => MostWidth,
            <= 1_200_000 => 192,
            _ => 128,
        };
        int needed = (dimension + CodeBlock.WidthStep - 1) / CodeBlock.WidthStep * CodeBlock.WidthStep;
        return Math.Min(wanted, needed);
    }

    /// <summary>Projects a vector as it is, not centred: what ranks rows is its product with the centred rows.</summary>
    /// <param name="vector">Shape [dimension].</param>
    /// <param name="projected">Shape [<see cref="Width"/>].</param>
    public unsafe void Project(float* vector, Span<float> projected)
    {
        int dimension = Mean.Length;
        fixed (float* rows = _projection, to = projected)
        {
            for (int row = 0; row < Width; row += 4)
            {
                float* first = rows + ((nint)row * dimension);
                DotProducts.OfFour(vector, FourRows.From(first, dimension), FourRows.From(first + (4 * (nint)dimension), dimension), dimension, to + row);
            }
        }
    }

    /// <summary>The product of a vector, shape [dimension], with the mean.</summary>
    public unsafe float MeanProduct(float* vector)
    {
        fixed (float* mean = Mean)
        {
            return DotProducts.Of(vector, mean, Mean.Length);
        }
    }

    /// <summary>
    /// The standard deviation, over the rows, of what the codes get wrong about products with this query. Each kept row is the sum,
    /// with random signs, of what the codes leave out of many rows: its squared product with the query has the same mean as theirs.
    /// </summary>
    public unsafe float ErrorOf(float* query)
    {
        int dimension = Mean.Length;
        float squares = 0;
        float* four = stackalloc float[4];
        fixed (float* errors = _errors)
        {
            for (int row = 0; row < ErrorRows; row += 4)
            {
                float* first = errors + ((nint)row * dimension);
                DotProducts.OfFour(query, FourRows.From(first, dimension), FourRows.From(first + (4 * (nint)dimension), dimension), dimension, four);
                squares += (four[0] * four[0]) + (four[1] * four[1]) + (four[2] * four[2]) + (four[3] * four[3]);
            }
        }

        return MathF.Sqrt(squares / ErrorRows);
    }

    /// <summary>Takes from a row what its codes say, leaving what they get wrong.</summary>
    /// <param name="block">The block that holds the row's codes.</param>
    /// <param name="row">0…63.</param>
    /// <param name="vector">The row, shape [dimension]; overwritten.</param>
    public unsafe void SubtractCoded(byte* block, int row, Span<float> vector)
    {
        int dimension = Mean.Length;
        TensorPrimitives.Subtract(vector, Mean, vector);
        for (int at = 0; at < Width; at++)
        {
            TensorPrimitives.MultiplyAdd(_projection.AsSpan(at * dimension, dimension), -CodeBlock.Read(block, row, at, Width), vector, vector);
        }
    }

    /// <summary>Writes the codes of 64 rows.</summary>
    /// <param name="rows">Shape [64, dimension].</param>
    /// <param name="block">A block of <see cref="Width"/>.</param>
    /// <param name="projected">Working space, shape [64, <see cref="Width"/>].</param>
    /// <returns>The mean over the rows of the share that the subspace captures.</returns>
    public unsafe float Encode(ReadOnlySpan<float> rows, byte* block, Span<float> projected)
    {
        int dimension = Mean.Length;
        projected.Clear();
        fixed (float* from = rows, projection = _projection, to = projected)
        {
            MatrixProducts.Add(from, CodeBlock.Rows, projection, Width, dimension, to, Width);
        }

        float shares = 0;
        for (int row = 0; row < CodeBlock.Rows; row++)
        {
            Span<float> centred = projected.Slice(row * Width, Width);
            TensorPrimitives.Subtract(centred, _projectedMean, centred);
            CodeBlock.Write(block, row, centred);
            float distance = TensorPrimitives.Distance(rows.Slice(row * dimension, dimension), Mean);
            shares += distance > 0 ? TensorPrimitives.SumOfSquares<float>(centred) / (distance * distance) : 1;
        }

        return shares / CodeBlock.Rows;
    }
}
