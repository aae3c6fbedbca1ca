using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>How many records bear each value of a column, and what an agreement in it is worth.</summary>
/// <param name="name">Unique in a model.</param>
/// <param name="column">The value of each record.</param>
/// <param name="hash">What a value is known by outside this index.</param>
/// <param name="strangers">
/// Records taken to bear a value beside the two that agree in it: 1 for names, which everybody may share; almost none for what is
/// one person's or one home's, where sharing is told by other means.
/// </param>
/// <param name="limit">
/// More records than these, and the value links nobody. What counts are the records that are there, not those learned from: a value
/// that comes to be on too many links nobody any more.
/// </param>
internal sealed class ValueFrequency(string name, CodeColumn column, Func<int, ulong> hash, double strangers, int limit = int.MaxValue)
{
    private int[] _counts = [];
    private float[] _bits = [];
    private bool[] _blocked = [];
    private int _valued;

    public string Name => name;

    public CodeColumn Column => column;

    public int Limit => limit;

    public int Count(int code) => code < _counts.Length ? _counts[code] : 0;

    /// <summary>Bits of surprise when two strangers share the value.</summary>
    public float Bits(int code) => _bits[code];

    public bool IsBlocked(int code) => code < _blocked.Length && _blocked[code];

    /// <summary>Blocks the values that are on too many of the first records, and no others.</summary>
    public void Block(int rows)
    {
        if (limit == int.MaxValue)
            return;
        var counts = Records(rows);
        _blocked = new bool[counts.Length];
        for (var code = 0; code < counts.Length; code++)
            _blocked[code] = counts[code] > limit;
    }

    /// <summary>Adds the rows before <paramref name="from"/> that bear a value which is on too many records only with those from there on.</summary>
    public void AddNewlyBlocked(int from, ISet<int> rows)
    {
        if (limit == int.MaxValue)
            return;
        var (before, now) = (Records(from), Records(column.Count));
        var codes = column.Codes;
        for (var row = 0; row < from; row++)
        {
            if (codes[row] >= 0 && now[codes[row]] > limit && before[codes[row]] <= limit)
                rows.Add(row);
        }
    }

    /// <summary>Counts every record of the column.</summary>
    public void Learn()
    {
        var codes = column.Codes;
        var most = -1;
        foreach (var code in codes)
            most = Math.Max(most, code);
        _counts = new int[most + 1];
        foreach (var code in codes)
        {
            if (code >= 0)
                _counts[code]++;
        }

        Value(0, codes.Length);
        Block(codes.Length);
    }

    /// <summary>What <see cref="Take"/> needs: the values that more than one record bears.</summary>
    public IEnumerable<(ulong Hash, int Count)> Learned()
    {
        for (var code = 0; code < _counts.Length; code++)
        {
            if (_counts[code] > 1)
                yield return (hash(code), _counts[code]);
        }
    }

    /// <summary>Gives the values that have come since the last call the counts that were learned elsewhere.</summary>
    public void Take(IReadOnlyDictionary<ulong, int> learned, int rows)
    {
        var most = -1;
        foreach (var code in column.Codes)
            most = Math.Max(most, code);
        if (most < _valued)
            return;
        Array.Resize(ref _counts, most + 1);
        for (var code = _valued; code <= most; code++)
            _counts[code] = learned.GetValueOrDefault(hash(code), 1);
        Value(_valued, rows);
    }

    private void Value(int from, int rows)
    {
        Array.Resize(ref _bits, _counts.Length);
        for (var code = from; code < _counts.Length; code++)
        {
            // The two that agree say nothing of how frequent the value is among others.
            var others = Math.Max(0, limit == int.MaxValue ? _counts[code] - 2 : 0) + strangers;
            _bits[code] = (float)Math.Max(0, Math.Log2(rows / others));
        }

        _valued = _counts.Length;
    }

    /// <summary>How many of the first records bear each value.</summary>
    private int[] Records(int rows)
    {
        var counts = new int[Math.Max(_counts.Length, 1)];
        foreach (var code in column.Codes[..rows])
        {
            if (code >= 0)
                counts[code]++;
        }

        return counts;
    }
}
