using SegFunctions.Customers.Identity.Blocking;
using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Learning;

namespace SegFunctions.Customers.Identity.Fitting;

/// <summary>Draws candidates and random pairs of a table and learns from them.</summary>
internal static class ModelFit
{
    private const int RowsAtOnce = 1024;

    // Enough for shares of one in a hundred thousand, and seconds of work.
    private const int CandidatesLookedAt = 2_000_000;
    private const int MostRandomPairs = 1_000_000;
    private const int LeastRandomPairs = 128_000;
    private const int RandomPairsPerRow = 30;

    // Of a hundred records two are doubles, to begin with.
    private const double StartingShare = 0.02;

    public static LinkParameters Fit(PairComparer comparer, CandidateIndex candidates, Kin kin, long seed, ParallelOptions parallel)
    {
        var rows = candidates.Rows;
        var allPairs = Math.Max(1, rows * (rows - 1.0) / 2);
        var (patterns, weights) = Candidates(comparer, candidates, seed, parallel);
        var random = Random(comparer, rows, seed, parallel);
        return Expectation.Fit(comparer.Fields, patterns, weights, allPairs, random, kin, Math.Max(1, rows * StartingShare), parallel.CancellationToken);
    }

    private static (Agreement[] Patterns, double[] Weights) Candidates(PairComparer comparer, CandidateIndex candidates, long seed, ParallelOptions parallel)
    {
        var rows = candidates.Rows;
        var share = Math.Min(1, (double)CandidatesLookedAt / Math.Max(1, (long)rows * 30));
        var chunks = (rows + RowsAtOnce - 1) / RowsAtOnce;
        var tables = new PatternTable[chunks];
        Parallel.For(0, chunks, parallel, () => new CandidateSet(), (chunk, _, set) =>
        {
            var table = tables[chunk] = new PatternTable();
            for (var row = chunk * RowsAtOnce; row < Math.Min(rows, (chunk + 1) * RowsAtOnce); row++)
            {
                // Chosen by the row's number, so that threads draw alike.
                if (share < 1 && Key.Mix(unchecked((ulong)seed + (ulong)row)) > share * ulong.MaxValue)
                    continue;
                candidates.Collect(row, set);
                foreach (var candidate in set.Found)
                    table.Add(comparer.Compare(candidate, row));
            }

            return set;
        }, _ => { });
        var all = new PatternTable();
        foreach (var table in tables)
            all.Add(table);
        return all.ToArrays(1 / share);
    }

    /// <summary>Shares of every level among pairs drawn at random; among all pairs where there are few.</summary>
    private static double[][] Random(PairComparer comparer, int rows, long seed, ParallelOptions parallel)
    {
        var all = rows * (long)(rows - 1) / 2;
        var drawn = Math.Clamp(rows * (long)RandomPairsPerRow, LeastRandomPairs, MostRandomPairs);
        const int Chunks = 64;
        var counts = new long[Chunks][][];
        Parallel.For(0, Chunks, parallel, chunk =>
        {
            var mine = counts[chunk] = [.. comparer.Comparisons.Select(one => new long[one.Levels.Length])];
            if (all <= drawn)
            {
                for (var row = chunk; row < rows; row += Chunks)
                {
                    for (var other = 0; other < row; other++)
                        Count(comparer, other, row, mine);
                }

                return;
            }

            var random = new Xoshiro256(seed, chunk);
            for (var pair = 0; pair < drawn / Chunks; pair++)
            {
                var one = random.NextInt(rows);
                var other = random.NextInt(rows - 1);
                Count(comparer, one, other < one ? other : other + 1, mine);
            }
        });
        var shares = comparer.Comparisons.Select(one => new double[one.Levels.Length]).ToArray();
        double pairs = all <= drawn ? Math.Max(1, all) : drawn / Chunks * Chunks;
        foreach (var mine in counts)
        {
            for (var comparison = 0; comparison < shares.Length; comparison++)
            {
                for (var level = 0; level < shares[comparison].Length; level++)
                    shares[comparison][level] += mine[comparison][level] / pairs;
            }
        }

        return shares;
    }

    private static void Count(PairComparer comparer, int one, int other, long[][] counts)
    {
        var agreement = comparer.Compare(one, other);
        for (var comparison = 0; comparison < counts.Length; comparison++)
            counts[comparison][agreement.Level(comparison)]++;
    }
}
