namespace SegFunctions.Learning.Explanation;

/// <summary>The rows of every cluster, each in row order; noise comes last, as if it were one more.</summary>
internal sealed class ClusterMembers
{
    private readonly int[] _rows;
    private readonly int[] _starts;

    private ClusterMembers(int[] slots, int clusters, int[] rows, int[] starts) => (Slots, Clusters, _rows, _starts) = (slots, clusters, rows, starts);

    public int Clusters { get; }

    /// <summary>The cluster of every row; <see cref="Clusters"/> for noise.</summary>
    public int[] Slots { get; }

    public int Rows => Slots.Length;

    public int Noise => Size(Clusters);

    /// <exception cref="ArgumentException">Too many or few labels, a label below −1, or a cluster without a row.</exception>
    public static ClusterMembers Of(IReadOnlyList<int> labels, int rows)
    {
        if (labels.Count != rows)
            throw new ArgumentException($"{rows} rows need as many labels, found {labels.Count}.", nameof(labels));
        var clusters = 0;
        for (var row = 0; row < rows; row++)
        {
            if (labels[row] < -1)
                throw new ArgumentException($"Row {row} (counted from 0) has the label {labels[row]}; labels are 0, 1, 2 … or -1 for noise.", nameof(labels));
            // Every cluster has a row, so a label beyond the rows means a gap; caught before counts are made for it.
            if (labels[row] >= rows)
                throw new ArgumentException($"Row {row} (counted from 0) has the label {labels[row]}, but {rows} rows cannot fill every cluster up to it.", nameof(labels));
            clusters = Math.Max(clusters, labels[row] + 1);
        }

        var slots = new int[rows];
        var starts = new int[clusters + 2];
        for (var row = 0; row < rows; row++)
        {
            slots[row] = labels[row] < 0 ? clusters : labels[row];
            starts[slots[row] + 1]++;
        }

        for (var cluster = 0; cluster < clusters; cluster++)
        {
            if (starts[cluster + 1] == 0)
                throw new ArgumentException($"No row has the label {cluster}; labels run from 0 to {clusters - 1} without a gap.", nameof(labels));
        }

        for (var slot = 0; slot <= clusters; slot++)
            starts[slot + 1] += starts[slot];
        var next = starts.ToArray();
        var order = new int[rows];
        for (var row = 0; row < rows; row++)
            order[next[slots[row]]++] = row;
        return new ClusterMembers(slots, clusters, order, starts);
    }

    public int Size(int slot) => _starts[slot + 1] - _starts[slot];

    public ReadOnlySpan<int> Of(int slot) => _rows.AsSpan(_starts[slot], Size(slot));
}
