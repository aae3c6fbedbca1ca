namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Counts something that happens on lines, and keeps a few of them: the first, and others drawn from all. Merging is commutative.</summary>
/// <remarks>Drawn are the lines with the smallest hashes, so that the draw is even over the file and the same however its lines were spread over workers and blocks.</remarks>
internal sealed class LineSample
{
    /// <summary>Lines kept.</summary>
    public const int Most = 5;

    private const ulong Seed = 0x6C696E6573;

    private readonly List<(ulong Rank, long Line)> _drawn = [];

    /// <summary>How often it happened.</summary>
    public long Count { get; private set; }

    /// <summary>The smallest of the lines; 0 is none.</summary>
    public long First { get; private set; }

    /// <summary>The lines kept, rising, the first of all among them.</summary>
    public IReadOnlyList<long> Lines
    {
        get
        {
            if (_drawn.TrueForAll(drawn => drawn.Line != First) && First > 0)
                return [First, .. _drawn.Take(Most - 1).Select(drawn => drawn.Line).Order()];
            return [.. _drawn.Select(drawn => drawn.Line).Order()];
        }
    }

    /// <summary>It happened once more.</summary>
    /// <param name="line">1-based.</param>
    public void Add(long line)
    {
        Count++;
        Keep(line);
    }

    /// <summary>It happened so often, on these lines among others.</summary>
    public void Add(long count, IEnumerable<long> lines)
    {
        Count += count;
        foreach (var line in lines)
            Keep(line);
    }

    public void Merge(LineSample other)
    {
        Count += other.Count;
        if (other.First > 0)
            Keep(other.First);
        foreach (var (_, line) in other._drawn)
            Keep(line);
    }

    private void Keep(long line)
    {
        if (First == 0 || line < First)
            First = line;
        var rank = RowSample.RankOf(Seed, line);
        var at = _drawn.Count;
        if (at == Most && rank >= _drawn[at - 1].Rank)
            return;
        while (at > 0 && rank < _drawn[at - 1].Rank)
            at--;

        // No two lines share a rank: the line stands there already when its rank does.
        if (at > 0 && _drawn[at - 1].Rank == rank)
            return;
        _drawn.Insert(at, (rank, line));
        if (_drawn.Count > Most)
            _drawn.RemoveAt(Most);
    }
}
