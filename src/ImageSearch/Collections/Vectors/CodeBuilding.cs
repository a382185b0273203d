namespace ImageSearch.Collections.Vectors;

/// <summary>Decides when codes are due and makes them.</summary>
internal static class CodeBuilding
{
    /// <summary>Rows from which codes pay: fewer are searched exactly in less time than it takes to notice.</summary>
    public const int LeastRows = 5_000;

    // Rows after the last coded one are searched exactly, so this bounds what they add to a search.
    private const int MostUncodedRows = 512;
    private const int TrainAgainAfterGrowth = 4;
    private const float LeastShareKept = 0.9f;
    private const int BatchBlocks = 64;

    /// <summary>Whether making codes would speed up searches.</summary>
    public static bool IsDue(int rows, int dimension, CodeFile? file) =>
        rows >= LeastRows
        && (file is null || IsTrainingDue(rows, dimension, file.Header) || rows - file.Header.CodedRows >= MostUncodedRows);

    /// <summary>Brings the codes up to date: a new file with a new model when one is due, else more blocks in the file there is.</summary>
    /// <returns>The file that holds the codes now.</returns>
    public static CodeFile Build(string path, VectorRows rows, CodeFile? file, CancellationToken cancellationToken)
    {
        if (file is not null && !IsTrainingDue(rows.Count, rows.Dimension, file.Header) && file.IsWhole())
        {
            Append(file, rows, cancellationToken);
            return file;
        }

        CodeModel model = SubspaceTraining.Train(rows, CodeModel.WidthFor(rows.Count, rows.Dimension), cancellationToken);
        CodeFile made = CodeFile.Create(path + ".new", model);
        try
        {
            Append(made, rows, cancellationToken);
            File.Move(path + ".new", path, overwrite: true);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static bool IsTrainingDue(int rows, int dimension, CodeHeader header) =>
        rows / TrainAgainAfterGrowth >= header.TrainedRows
        || header.CodedRows > rows
        || header.Width != CodeModel.WidthFor(rows, dimension)
        || (header.LaterRows >= header.TrainedRows / 10 && header.LaterRows >= LeastRows && header.LaterShare < LeastShareKept * header.CapturedShare);

    private static void Append(CodeFile file, VectorRows rows, CancellationToken cancellationToken)
    {
        CodeModel model = file.Model;
        var buffer = new byte[BatchBlocks * CodeBlock.Bytes(model.Width)];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        while (rows.Count - file.Header.CodedRows >= CodeBlock.Rows)
        {
            int firstRow = file.Header.CodedRows;
            int blocks = Math.Min(BatchBlocks, (rows.Count - firstRow) / CodeBlock.Rows);
            var shares = new float[blocks];
            Parallel.For(
                0,
                blocks,
                options,
                () => new float[CodeBlock.Rows * model.Width],
                (block, _, projected) =>
                {
                    shares[block] = Encode(model, rows, firstRow + (block * CodeBlock.Rows), buffer, block, projected);
                    return projected;
                },
                static _ => { });
            file.Append(buffer.AsSpan(0, blocks * CodeBlock.Bytes(model.Width)), shares.Average());
            rows.Release(firstRow, blocks * CodeBlock.Rows);
        }

        file.Commit();
    }

    private static unsafe float Encode(CodeModel model, VectorRows rows, int firstRow, byte[] buffer, int block, float[] projected)
    {
        fixed (byte* codes = &buffer[block * CodeBlock.Bytes(model.Width)])
        {
            return model.Encode(rows.Run(firstRow, CodeBlock.Rows), codes, projected);
        }
    }
}
