namespace SegFunctions.Learning.Clustering;

/// <summary>Rows sorted by their main segment, in row order within each; rows of none are left out.</summary>
internal sealed class MainSegments
{
    /// <summary>Labels beyond are a mistake of the caller's, not segments.</summary>
    private const int Most = 1 << 16;

    private readonly int[] _starts;
    private readonly int[] _members;

    private MainSegments(int[] starts, int[] members, int[] sizes) => (_starts, _members, Sizes) = (starts, members, sizes);

    public int Count => Sizes.Length;

    /// <summary>Rows of each segment.</summary>
    public int[] Sizes { get; }

    /// <param name="segments">How many there are; null for as many as the labels name.</param>
    /// <exception cref="ArgumentException">Not one label a row, or one below −1 or beyond the segments (row named).</exception>
    public static MainSegments Of(Matrix rows, IReadOnlyList<int> labels, int? segments)
    {
        if (labels.Count != rows.Rows)
            throw new ArgumentException($"There are {labels.Count} main labels for {rows.Rows} rows; each row needs one.", nameof(labels));
        var count = segments ?? 0;
        for (var row = 0; row < labels.Count; row++)
        {
            var label = labels[row];
            if (label < IClusterModel.Noise || label >= (segments ?? Most))
                throw new ArgumentException($"Row {row} (counted from 0) has the main label {label}; it must lie in 0 to {(segments ?? Most) - 1}, or be -1 for none.", nameof(labels));
            count = Math.Max(count, label + 1);
        }

        var sizes = new int[count];
        foreach (var label in labels)
        {
            if (label >= 0)
                sizes[label]++;
        }

        var starts = new int[count];
        for (var segment = 1; segment < count; segment++)
            starts[segment] = starts[segment - 1] + sizes[segment - 1];
        var members = new int[sizes.Sum()];
        var next = starts.ToArray();
        for (var row = 0; row < labels.Count; row++)
        {
            if (labels[row] >= 0)
                members[next[labels[row]]++] = row;
        }

        return new MainSegments(starts, members, sizes);
    }

    /// <summary>The rows of a segment.</summary>
    public ReadOnlySpan<int> Members(int segment) => _members.AsSpan(_starts[segment], Sizes[segment]);
}
