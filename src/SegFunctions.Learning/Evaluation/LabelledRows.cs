namespace SegFunctions.Learning.Evaluation;

/// <summary>The rows of a clustering, sorted by cluster and, within one, by row; noise (labels below 0) left out.</summary>
internal sealed class LabelledRows
{
    private readonly int[] _starts;

    private LabelledRows(Matrix rows, int[] order, int[] starts)
    {
        Rows = rows;
        Order = order;
        _starts = starts;
        Occupied = Enumerable.Range(0, Clusters).Count(cluster => Size(cluster) > 0);
    }

    public Matrix Rows { get; }

    /// <summary>Row numbers, cluster after cluster.</summary>
    public int[] Order { get; }

    /// <summary>Rows that carry a label.</summary>
    public int Count => Order.Length;

    /// <summary>One more than the greatest label.</summary>
    public int Clusters => _starts.Length - 1;

    /// <summary>Clusters that hold a row.</summary>
    public int Occupied { get; }

    public int Start(int cluster) => _starts[cluster];

    public int Size(int cluster) => _starts[cluster + 1] - _starts[cluster];

    public static LabelledRows Of(Matrix rows, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != rows.Rows)
            throw new ArgumentException($"There are {labels.Count} labels for {rows.Rows} rows.", nameof(labels));
        rows.RequireFinite(nameof(rows));
        var greatest = -1;
        for (var row = 0; row < labels.Count; row++)
            greatest = Math.Max(greatest, labels[row]);
        var starts = new int[greatest + 2];
        for (var row = 0; row < labels.Count; row++)
        {
            if (labels[row] >= 0)
                starts[labels[row] + 1]++;
        }

        for (var cluster = 0; cluster <= greatest; cluster++)
            starts[cluster + 1] += starts[cluster];
        var order = new int[starts[^1]];
        var next = starts[..^1];
        for (var row = 0; row < labels.Count; row++)
        {
            if (labels[row] >= 0)
                order[next[labels[row]]++] = row;
        }

        return new LabelledRows(rows, order, starts);
    }
}
