namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// The one rule for noise when partitions are compared: a row that belongs to no cluster belongs with no other row either, so every noise row is a
/// cluster of its own. Otherwise a method would be paid for heaping all that it did not understand on one pile.
/// </summary>
public static class NoiseRows
{
    /// <summary>The labels with a new one, greater than all others, for every row whose label is below 0.</summary>
    public static int[] AsSingletons(IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var next = -1;
        for (var row = 0; row < labels.Count; row++)
            next = Math.Max(next, labels[row]);
        var apart = new int[labels.Count];
        for (var row = 0; row < apart.Length; row++)
            apart[row] = labels[row] < 0 ? checked(++next) : labels[row];
        return apart;
    }
}
