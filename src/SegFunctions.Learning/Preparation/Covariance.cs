using System.Numerics.Tensors;

namespace SegFunctions.Learning.Preparation;

/// <summary>Means and covariances (over n) of columns that are read piece by piece. Threads never change a byte.</summary>
internal sealed class Covariance : IChunkWork
{
    /// <summary>Rows at a time: all columns of a piece stay in the processor's cache while every pair is multiplied.</summary>
    private const int Piece = 512;

    private readonly IReadOnlyList<DraftOutput> _columns;
    private readonly FixedChunks _chunks;
    private readonly double[] _partial;
    private bool _centred;

    private Covariance(IReadOnlyList<DraftOutput> columns, int rows)
    {
        _columns = columns;
        // Each chunk keeps a matrix of its own.
        _chunks = FixedChunks.Of(rows, most: columns.Count > 100 ? 8 : 64, smallest: 4096);
        Means = new double[columns.Count];
        Values = new double[columns.Count * columns.Count];
        _partial = new double[_chunks.Count * (long)Values.Length];
    }

    public double[] Means { get; }

    /// <summary>Shape (columns × columns), row after row.</summary>
    public double[] Values { get; }

    public int Size => Means.Length;

    public static Covariance Of(IReadOnlyList<DraftOutput> columns, int rows, ChunkTeam team)
    {
        var covariance = new Covariance(columns, rows);
        if (columns.Count == 0)
            return covariance;
        covariance.Run(team, covariance.Means, rows);
        covariance._centred = true;
        covariance.Run(team, covariance.Values, rows);
        for (var i = 0; i < covariance.Size; i++)
        {
            for (var j = 0; j < i; j++)
                covariance.Values[(j * covariance.Size) + i] = covariance.Values[(i * covariance.Size) + j];
        }

        return covariance;
    }

    /// <summary>Pearson's; 0 for a constant.</summary>
    public double Correlation(int i, int j)
    {
        var product = Math.Sqrt(Values[(i * Size) + i]) * Math.Sqrt(Values[(j * Size) + j]);
        return product > 0 ? Math.Clamp(Values[(i * Size) + j] / product, -1, 1) : 0;
    }

    /// <summary>Makes one column so many times as large.</summary>
    public void Stretch(int column, double factor)
    {
        Means[column] *= factor;
        for (var other = 0; other < Size; other++)
        {
            Values[(column * Size) + other] *= factor;
            Values[(other * Size) + column] *= factor;
        }
    }

    void IChunkWork.Run(int chunk)
    {
        var width = _centred ? Values.Length : Means.Length;
        var own = _partial.AsSpan(chunk * width, width);
        own.Clear();
        var buffer = new double[_columns.Count * Piece];
        for (var start = _chunks.Start(chunk); start < _chunks.End(chunk); start += Piece)
        {
            var rows = Math.Min(Piece, _chunks.End(chunk) - start);
            for (var column = 0; column < _columns.Count; column++)
            {
                var values = buffer.AsSpan(column * Piece, rows);
                _columns[column].CopyTo(start, values);
                if (!_centred)
                {
                    foreach (var value in values)
                        own[column] += value;
                    continue;
                }

                TensorPrimitives.Subtract(values, Means[column], values);
                for (var other = 0; other <= column; other++)
                    own[(column * Size) + other] += Dot.Of(values, buffer.AsSpan(other * Piece, rows));
            }
        }
    }

    private void Run(ChunkTeam team, double[] total, int rows)
    {
        team.Run(this, _chunks.Count);
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
            Distance.AddTo(total, _partial.AsSpan(chunk * total.Length, total.Length));
        foreach (ref var value in total.AsSpan())
            value /= rows;
    }
}
