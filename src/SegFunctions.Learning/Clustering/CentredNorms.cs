using System.Numerics.Tensors;

namespace SegFunctions.Learning.Clustering;

/// <summary>Squared distances of rows from a point, which turn scores into distances.</summary>
internal sealed class CentredNorms : IChunkWork
{
    private readonly Matrix _rows;
    private readonly double[] _point;
    private readonly FixedChunks _chunks;
    private readonly double[] _values;

    public CentredNorms(Matrix rows, double[] point, FixedChunks chunks, ChunkTeam team)
    {
        _rows = rows;
        _point = point;
        _chunks = chunks;
        _values = new double[rows.Rows];
        team.Run(this, chunks.Count);
        Greatest = TensorPrimitives.Max<double>(_values);
    }

    public double Greatest { get; }

    public double this[int row] => _values[row];

    public void Run(int chunk)
    {
        for (var row = _chunks.Start(chunk); row < _chunks.End(chunk); row++)
            _values[row] = Distance.Squared(_rows.Row(row), _point);
    }
}
