namespace SegFunctions.Customers.Intake.Quality;

/// <summary>How often each rule was broken, by column, with the first lines. Merging is commutative.</summary>
internal sealed class RuleTally
{
    private const int LinesKept = 5;

    private readonly Dictionary<(string Rule, int Column), Entry> _entries = [];

    /// <param name="column">0-based, or −1 for the whole record.</param>
    public void Add(string rule, int column, long line, string message)
    {
        if (!_entries.TryGetValue((rule, column), out var entry))
            _entries[(rule, column)] = entry = new Entry { Message = message };
        entry.Count++;
        entry.Keep(line, message);
    }

    /// <summary>Adds something that is about a whole column, not about rows.</summary>
    public void AddForColumn(string rule, int column, long count, string message, params IEnumerable<long> lines)
    {
        var entry = new Entry { Message = message, Count = count };
        foreach (var line in lines)
            entry.Keep(line, message);
        _entries[(rule, column)] = entry;
    }

    public void Merge(RuleTally other)
    {
        foreach (var (key, entry) in other._entries)
        {
            if (!_entries.TryGetValue(key, out var mine))
                _entries[key] = mine = new Entry { Message = entry.Message };
            mine.Count += entry.Count;
            foreach (var line in entry.Lines)
                mine.Keep(line, entry.Message);
        }
    }

    /// <summary>How often rules were broken in a column, those aside that say nothing against its values.</summary>
    public long CountOf(int column, IReadOnlySet<string> aside)
    {
        long count = 0;
        foreach (var (key, entry) in _entries)
        {
            if (key.Column == column && !aside.Contains(key.Rule))
                count += entry.Count;
        }

        return count;
    }

    public IReadOnlyList<RuleCount> ToReport(IReadOnlyList<string> headers) =>
    [
        .. _entries
            .OrderByDescending(pair => pair.Value.Count)
            .ThenBy(pair => pair.Key.Rule, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Column)
            .Select(pair => new RuleCount(pair.Key.Rule, pair.Key.Column < 0 ? "" : headers[pair.Key.Column], pair.Value.Count, pair.Value.Message, pair.Value.Lines)),
    ];

    private sealed class Entry
    {
        public long Count { get; set; }

        public required string Message { get; set; }

        public List<long> Lines { get; } = [];

        public void Keep(long line, string message)
        {
            if (Lines.Count == LinesKept && line > Lines[^1])
                return;
            // The message of the first line stands for all.
            if (Lines.Count == 0 || line < Lines[0])
                Message = message;
            var at = Lines.BinarySearch(line);
            Lines.Insert(at < 0 ? ~at : at, line);
            if (Lines.Count > LinesKept)
                Lines.RemoveAt(LinesKept);
        }
    }
}
