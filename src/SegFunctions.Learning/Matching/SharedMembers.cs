namespace SegFunctions.Learning.Matching;

/// <summary>Where the members that two runs share were, and are: the id of the cluster before, the label now; −1 is noise.</summary>
public sealed class SharedMembers
{
    private readonly Dictionary<(int Id, int Label), int> _counts;

    private SharedMembers(Dictionary<(int Id, int Label), int> counts) => _counts = counts;

    /// <summary>Nobody is in both runs, or nobody knows.</summary>
    public static SharedMembers None { get; } = new([]);

    internal IEnumerable<(int Id, int Label, int Count)> Counts => _counts.Select(one => (one.Key.Id, one.Key.Label, one.Value));

    /// <param name="previousIds">Id of the cluster each shared member was in.</param>
    /// <param name="labels">Label of the cluster the same member is in now, in the same order.</param>
    public static SharedMembers Of(IReadOnlyList<int> previousIds, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(previousIds);
        ArgumentNullException.ThrowIfNull(labels);
        if (previousIds.Count != labels.Count)
            throw new ArgumentException($"{previousIds.Count} members before stand against {labels.Count} now; give one entry for each shared member in both.", nameof(labels));
        var counts = new Dictionary<(int, int), int>();
        for (var i = 0; i < labels.Count; i++)
            Add(counts, previousIds[i], labels[i]);
        return new SharedMembers(counts);
    }

    /// <summary>The members of this run that were in the previous one.</summary>
    /// <param name="previous">Id of the cluster of every former member.</param>
    /// <param name="members">Every member now, each once.</param>
    /// <param name="labels">Their labels, in the same order.</param>
    public static SharedMembers Of<TKey>(IReadOnlyDictionary<TKey, int> previous, IReadOnlyList<TKey> members, IReadOnlyList<int> labels)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(labels);
        if (members.Count != labels.Count)
            throw new ArgumentException($"{members.Count} members need as many labels, found {labels.Count}.", nameof(labels));
        var counts = new Dictionary<(int, int), int>();
        for (var i = 0; i < labels.Count; i++)
        {
            if (previous.TryGetValue(members[i], out var id))
                Add(counts, id, labels[i]);
        }

        return new SharedMembers(counts);
    }

    private static void Add(Dictionary<(int, int), int> counts, int id, int label)
    {
        var key = (Math.Max(id, -1), Math.Max(label, -1));
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
