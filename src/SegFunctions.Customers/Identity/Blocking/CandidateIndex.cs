namespace SegFunctions.Customers.Identity.Blocking;

/// <summary>Finds for a record the earlier ones that share a key with it.</summary>
/// <remarks>No list of pairs is ever held: memory grows with records and keys, not with pairs.</remarks>
internal sealed class CandidateIndex
{
    private const int FirstPassShare = 30;
    private const int SecondPassShare = 50;
    private const int SmallestCap = 4;
    private const int LargestCap = 2000;

    // Small tables can afford to compare nearly everything with everything.
    private const long AffordablePairs = 600_000;

    // A table of that many rows needs no keys.
    private const int RowsComparedWithAll = 1000;

    private readonly AtomWriter _atoms;
    private readonly BlockTable[] _tables;
    private readonly int _firstRows;
    private readonly Dictionary<ulong, List<int>> _added = [];

    private CandidateIndex(AtomWriter atoms, BlockingRules rules, BlockTable[] tables, int rows)
    {
        (_atoms, Rules, _tables, _firstRows, Rows) = (atoms, rules, tables, rows, rows);
        foreach (var table in tables)
            table.IndexRows(rows);
    }

    public BlockingRules Rules { get; }

    public int Rows { get; private set; }

    /// <summary>Holds the keys of some rows alone.</summary>
    public bool IsPartial { get; private init; }

    /// <summary>Learns which keys are fine enough, and indexes all rows by them.</summary>
    public static CandidateIndex Learn(int rows, AtomWriter atoms, int pairsPerRecord, ParallelOptions parallel)
    {
        var budget = Math.Max(AffordablePairs, (long)rows * pairsPerRecord);
        var stops = new HashSet<ulong>[BlockingRules.Passes];
        for (var pass = 0; pass < stops.Length; pass++)
            stops[pass] = [];
        var tables = new BlockTable[BlockingRules.Passes];
        var window = 0;
        for (var pass = 0; pass < stops.Length; pass++)
        {
            var rules = new BlockingRules(stops, 0);
            var table = BlockTable.Build(rows, Keys(rules, atoms, pass), parallel);
            var share = pass == 0 ? FirstPassShare : pass == 1 ? SecondPassShare : 100 - FirstPassShare - SecondPassShare;
            var cap = CapOf(table, budget * share / 100);
            for (var block = 0; block < table.Blocks; block++)
            {
                if (table.Size(block) > cap)
                    stops[pass].Add(table.Key(block));
            }

            window = Math.Max(window, cap);
            tables[pass] = table.Without(stops[pass]);
            parallel.CancellationToken.ThrowIfCancellationRequested();
        }

        return new CandidateIndex(atoms, new BlockingRules(stops, window * 2), tables, rows);
    }

    /// <summary>Indexes all rows by rules learned before.</summary>
    public static CandidateIndex Build(int rows, AtomWriter atoms, BlockingRules rules, ParallelOptions parallel)
    {
        var tables = new BlockTable[BlockingRules.Passes];
        for (var pass = 0; pass < tables.Length; pass++)
            tables[pass] = BlockTable.Build(rows, Keys(rules, atoms, pass), parallel).Without(rules.Stops[pass]);
        return new CandidateIndex(atoms, rules, tables, rows);
    }

    /// <summary>Indexes by rules learned before what <see cref="Collect"/> needs for some rows; further ones cannot be added.</summary>
    /// <param name="wanted">Rows to collect for, rising.</param>
    public static CandidateIndex BuildFor(int[] wanted, int rows, AtomWriter atoms, BlockingRules rules, ParallelOptions parallel)
    {
        var tables = new BlockTable[BlockingRules.Passes];
        for (var pass = 0; pass < tables.Length; pass++)
        {
            var keysOf = Keys(rules, atoms, pass);
            var sought = Sought(wanted, keysOf, rules.Stops[pass]);
            tables[pass] = BlockTable.Build(rows, (row, keys) =>
            {
                var count = keysOf(row, keys);
                var kept = 0;
                for (var at = 0; at < count; at++)
                {
                    if (sought.Contains(keys[at]))
                        keys[kept++] = keys[at];
                }

                return kept;
            }, parallel);
            parallel.CancellationToken.ThrowIfCancellationRequested();
        }

        return new CandidateIndex(atoms, rules, tables, rows) { IsPartial = true };
    }

    private static HashSet<ulong> Sought(int[] wanted, BlockTable.KeysOf keysOf, HashSet<ulong> stops)
    {
        var sought = new HashSet<ulong>();
        Span<ulong> keys = stackalloc ulong[BlockingRules.MostKeys];
        foreach (var row in wanted)
        {
            foreach (var key in keys[..keysOf(row, keys)])
            {
                if (!stops.Contains(key))
                    sought.Add(key);
            }
        }

        return sought;
    }

    /// <summary>Adds the next row.</summary>
    public void Add()
    {
        Span<Atom> atoms = stackalloc Atom[AtomWriter.Most];
        Span<ulong> keys = stackalloc ulong[BlockingRules.MostKeys];
        var row = Rows++;
        var count = _atoms.Write(row, atoms);
        for (var pass = 0; pass < BlockingRules.Passes; pass++)
        {
            foreach (var key in keys[..Rules.Write(atoms[..count], pass, keys)])
            {
                if (Rules.Stops[pass].Contains(key))
                    continue;
                if (!_added.TryGetValue(key, out var members))
                    _added.Add(key, members = []);
                if (members.Count == 0 || members[^1] != row)
                    members.Add(row);
            }
        }
    }

    /// <summary>Collects the earlier rows that share a key with a row.</summary>
    public void Collect(int row, CandidateSet candidates)
    {
        candidates.Begin(Rows);
        if (row < RowsComparedWithAll)
        {
            for (var earlier = 0; earlier < row; earlier++)
                candidates.Add(earlier);
            return;
        }

        if (row < _firstRows)
        {
            foreach (var table in _tables)
            {
                foreach (var block in table.BlocksOf(row))
                    Take(table.Members(block), row, Rules.Window, candidates);
            }

            return;
        }

        Span<Atom> atoms = stackalloc Atom[AtomWriter.Most];
        Span<ulong> keys = stackalloc ulong[BlockingRules.MostKeys];
        var count = _atoms.Write(row, atoms);
        for (var pass = 0; pass < BlockingRules.Passes; pass++)
        {
            foreach (var key in keys[..Rules.Write(atoms[..count], pass, keys)])
            {
                if (Rules.Stops[pass].Contains(key))
                    continue;
                var left = Rules.Window;
                if (_added.TryGetValue(key, out var added))
                    left -= Take(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(added), row, left, candidates);
                Take(_tables[pass].Find(key), row, left, candidates);
            }
        }
    }

    /// <summary>Takes the last members before the row; returns how many.</summary>
    private static int Take(ReadOnlySpan<int> members, int row, int most, CandidateSet candidates)
    {
        var end = members.Length;
        if (end > 0 && members[end - 1] >= row)
        {
            end = members.BinarySearch(row);
            end = end < 0 ? ~end : end;
        }

        var start = Math.Max(0, end - most);
        for (var at = start; at < end; at++)
            candidates.Add(members[at]);
        return end - start;
    }

    private static BlockTable.KeysOf Keys(BlockingRules rules, AtomWriter atoms, int pass) => (row, keys) =>
    {
        Span<Atom> found = stackalloc Atom[AtomWriter.Most];
        var count = rules.Write(found[..atoms.Write(row, found)], pass, keys);
        // The same key twice would be a block of one record with itself.
        keys[..count].Sort();
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
                keys[distinct++] = keys[i];
        }

        return distinct;
    };

    /// <summary>The largest block that the budget of pairs allows when small ones come first.</summary>
    private static int CapOf(BlockTable table, long budget)
    {
        var blocks = new int[LargestCap + 1];
        for (var block = 0; block < table.Blocks; block++)
        {
            var size = table.Size(block);
            if (size <= LargestCap)
                blocks[size]++;
        }

        long pairs = 0;
        var cap = 1;
        for (var size = 2; size <= LargestCap; size++)
        {
            pairs += (long)blocks[size] * size * (size - 1) / 2;
            if (pairs > budget && size > SmallestCap)
                break;
            cap = size;
        }

        return cap;
    }
}
