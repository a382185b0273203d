using System.Numerics.Tensors;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// Learns a <see cref="CodeModel"/>: the mean of a sample, its covariance, and by subspace iteration the directions in which the
/// rows differ most, turned at random inside that subspace so that every coded number matters alike.
/// </summary>
/// <seealso href="https://doi.org/10.1137/090771806">Halko, Martinsson, Tropp: Finding structure with randomness</seealso>
internal static class SubspaceTraining
{
    private const int MostSampleRows = 10_000;
    private const int MostErrorRows = 2_048;
    private const int PanelRows = 256;
    private const int Iterations = 6;
    private const int Seed = 20_261_122;

    /// <summary>Learns from at most 10,000 of the rows, evenly spread.</summary>
    public static CodeModel Train(VectorRows rows, int width, CancellationToken cancellationToken)
    {
        int dimension = rows.Dimension;
        int sample = Math.Min(rows.Count, MostSampleRows);
        float[] mean = Mean(rows, sample);
        float[] covariance = Covariance(rows, sample, mean, cancellationToken);
        var random = new Random(Seed);
        int directions = Math.Min(width, dimension);
        float[] basis = Orthonormal(random, directions, dimension);
        for (int iteration = 0; iteration < Iterations && directions < dimension; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            basis = Product(basis, directions, covariance, dimension, dimension);
            Orthonormalise(basis, dimension);
        }

        float captured = CapturedShare(basis, directions, covariance, dimension);
        float[] turned = Product(Orthonormal(random, directions, directions), directions, Transpose(basis, directions, dimension), dimension, directions);
        Array.Resize(ref turned, width * dimension);
        var model = new CodeModel(mean, turned, rows.Count, captured, new float[CodeModel.ErrorRows * dimension]);
        return new CodeModel(mean, turned, rows.Count, captured, Errors(rows, model, random, cancellationToken));
    }

    // Random signs keep the sums of different rows apart, so a few sums stand for the errors of thousands of rows.
    private static unsafe float[] Errors(VectorRows rows, CodeModel model, Random random, CancellationToken cancellationToken)
    {
        int dimension = rows.Dimension;
        var errors = new float[CodeModel.ErrorRows * dimension];
        var panel = new float[CodeBlock.Rows * dimension];
        var projected = new float[CodeBlock.Rows * model.Width];
        var block = new byte[CodeBlock.Bytes(model.Width)];
        float share = 1 / MathF.Sqrt(MostErrorRows);
        fixed (byte* codes = block)
        {
            for (int first = 0; first < MostErrorRows; first += CodeBlock.Rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int i = 0; i < CodeBlock.Rows; i++)
                {
                    SampleRow(rows, MostErrorRows, first + i).CopyTo(panel.AsSpan(i * dimension));
                }

                Release(rows, MostErrorRows, first, CodeBlock.Rows);
                model.Encode(panel, codes, projected);
                for (int i = 0; i < CodeBlock.Rows; i++)
                {
                    Span<float> vector = panel.AsSpan(i * dimension, dimension);
                    model.SubtractCoded(codes, i, vector);
                    for (int at = 0; at < errors.Length; at += dimension)
                    {
                        Span<float> sum = errors.AsSpan(at, dimension);
                        TensorPrimitives.MultiplyAdd(vector, random.Next(2) == 0 ? share : -share, sum, sum);
                    }
                }
            }
        }

        return errors;
    }

    private static unsafe ReadOnlySpan<float> SampleRow(VectorRows rows, int sample, int number) =>
        new(rows.Row(RowOf(rows, sample, number)), rows.Dimension);

    private static int RowOf(VectorRows rows, int sample, int number) => (int)((long)number * rows.Count / sample);

    // With each row that is read the system maps its neighbours: a sample spread over all rows would soon hold all of them in memory.
    private static void Release(VectorRows rows, int sample, int first, int count)
    {
        int from = RowOf(rows, sample, first);
        rows.Release(from, RowOf(rows, sample, first + count) - from);
    }

    private static float[] Mean(VectorRows rows, int sample)
    {
        var mean = new float[rows.Dimension];
        for (int first = 0; first < sample; first += PanelRows)
        {
            int count = Math.Min(PanelRows, sample - first);
            for (int i = 0; i < count; i++)
            {
                TensorPrimitives.Add(mean, SampleRow(rows, sample, first + i), mean);
            }

            Release(rows, sample, first, count);
        }

        TensorPrimitives.Divide(mean, sample, mean);
        return mean;
    }

    // Shape [dimension, dimension], times the number of rows: the scale does not matter to directions and shares.
    private static unsafe float[] Covariance(VectorRows rows, int sample, float[] mean, CancellationToken cancellationToken)
    {
        int dimension = rows.Dimension;
        var covariance = new float[dimension * dimension];
        var centred = new float[PanelRows * dimension];
        for (int first = 0; first < sample; first += PanelRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(PanelRows, sample - first);
            for (int i = 0; i < count; i++)
            {
                TensorPrimitives.Subtract(SampleRow(rows, sample, first + i), mean, centred.AsSpan(i * dimension, dimension));
            }

            Release(rows, sample, first, count);
            float[] panel = Transpose(centred, count, dimension);
            fixed (float* numbers = panel, sums = covariance)
            {
                MatrixProducts.Add(numbers, dimension, numbers, dimension, count, sums, dimension);
            }
        }

        return covariance;
    }

    private static float CapturedShare(float[] basis, int directions, float[] covariance, int dimension)
    {
        float[] stretched = Product(basis, directions, covariance, dimension, dimension);
        float total = 0;
        for (int i = 0; i < dimension; i++)
        {
            total += covariance[(i * dimension) + i];
        }

        return total > 0 ? TensorPrimitives.Dot(stretched, basis) / total : 1;
    }

    // left [leftRows, length] · rightᵀ, right [rightRows, length]
    private static unsafe float[] Product(float[] left, int leftRows, float[] right, int rightRows, int length)
    {
        var product = new float[leftRows * rightRows];
        fixed (float* a = left, b = right, c = product)
        {
            MatrixProducts.Add(a, leftRows, b, rightRows, length, c, rightRows);
        }

        return product;
    }

    private static float[] Transpose(float[] matrix, int rows, int columns)
    {
        var transposed = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
            }
        }

        return transposed;
    }

    private static float[] Orthonormal(Random random, int rows, int columns)
    {
        var matrix = new float[rows * columns];
        foreach (ref float number in matrix.AsSpan())
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            number = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        Orthonormalise(matrix, columns);
        return matrix;
    }

    // Modified Gram–Schmidt, each row twice: once leaves rows that were nearly parallel visibly askew in single precision.
    private static void Orthonormalise(float[] matrix, int columns)
    {
        for (int at = 0; at < matrix.Length; at += columns)
        {
            Span<float> row = matrix.AsSpan(at, columns);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int before = 0; before < at; before += columns)
                {
                    ReadOnlySpan<float> other = matrix.AsSpan(before, columns);
                    TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot(row, other), row, row);
                }

                float length = TensorPrimitives.Norm<float>(row);
                TensorPrimitives.Multiply(row, length > 1e-30f ? 1 / length : 0, row);
            }
        }
    }
}
