namespace SegFunctions.Customers.Intake.Quality;

/// <summary>How often each rule was broken, by column, with some of the lines. Merging is commutative.</summary>
internal sealed class RuleTally
{
    private readonly Dictionary<(string Rule, int Column), Entry> _entries = [];

    /// <param name="column">0-based, or −1 for the whole record.</param>
    public void Add(string rule, int column, long line, string message)
    {
        if (!_entries.TryGetValue((rule, column), out var entry))
            _entries[(rule, column)] = entry = new Entry(message);
        entry.Tell(line, message);
        entry.Sample.Add(line);
    }

    /// <summary>Adds something that is about a whole column, not about rows.</summary>
    public void AddForColumn(string rule, int column, long count, string message, params IEnumerable<long> lines)
    {
        var entry = new Entry(message);
        entry.Sample.Add(count, lines);
        _entries[(rule, column)] = entry;
    }

    public void Merge(RuleTally other)
    {
        foreach (var (key, entry) in other._entries)
        {
            if (!_entries.TryGetValue(key, out var mine))
                _entries[key] = mine = new Entry(entry.Message);
            mine.Tell(entry.Sample.First, entry.Message);
            mine.Sample.Merge(entry.Sample);
        }
    }

    /// <summary>How often rules were broken in a column, those aside that say nothing against its values.</summary>
    public long CountOf(int column, IReadOnlySet<string> aside)
    {
        long count = 0;
        foreach (var (key, entry) in _entries)
        {
            if (key.Column == column && !aside.Contains(key.Rule))
                count += entry.Sample.Count;
        }

        return count;
    }

    public IReadOnlyList<RuleCount> ToReport(IReadOnlyList<string> headers) =>
    [
        .. _entries
            .OrderByDescending(pair => pair.Value.Sample.Count)
            .ThenBy(pair => pair.Key.Rule, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Column)
            .Select(pair => new RuleCount(pair.Key.Rule, pair.Key.Column < 0 ? "" : headers[pair.Key.Column], pair.Value.Sample.Count, pair.Value.Message, pair.Value.Sample.Lines)),
    ];

    private sealed class Entry(string message)
    {
        public string Message { get; private set; } = message;

        public LineSample Sample { get; } = new();

        /// <summary>The message of the first line stands for all.</summary>
        public void Tell(long line, string message)
        {
            if (Sample.First == 0 || line < Sample.First)
                Message = message;
        }
    }
}
