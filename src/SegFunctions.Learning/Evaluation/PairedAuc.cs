namespace SegFunctions.Learning.Evaluation;

/// <summary>The difference of two models' AUC on the same rows, model minus baseline, with its interval.</summary>
public static class PairedAuc
{
    /// <summary>Above this many rows the difference is normal to far more digits than an interval deserves.</summary>
    private const int BootstrapRows = 20_000;

    /// <summary>
    /// Percentiles of a stratified bootstrap in which both models see the same resamples; above 20,000 rows the normal interval by
    /// the variance of DeLong, DeLong &amp; Clarke-Pearson (1988) in the O(n log n) form of Sun &amp; Xu (2014).
    /// </summary>
    /// <returns>null when one class is absent.</returns>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a NaN (row named).</exception>
    public static PairedInterval? OfGain(ReadOnlySpan<double> baselineScores, ReadOnlySpan<double> modelScores, ReadOnlySpan<bool> labels, long seed, double level = 0.95, int resamples = 2000, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level lies between 0 and 1, as 0.95.");
        ScoredLabels.Require(baselineScores, labels, probabilities: false, nameof(baselineScores));
        ScoredLabels.Require(modelScores, labels, probabilities: false, nameof(modelScores));
        var baseline = RankedRows.Of(baselineScores, labels, []);
        var model = RankedRows.Of(modelScores, labels, []);
        if (RocAuc.Of(model) is not { } own || RocAuc.Of(baseline) is not { } other)
            return null;
        var gain = own - other;
        if (labels.Length > BootstrapRows)
            return Normal(gain, Placements(baseline), Placements(model), labels, level);
        var work = new Resampling(baseline, model, labels.ToArray(), new double[resamples], seed);
        using var team = new ChunkTeam(threads, cancellationToken);
        var gains = work.Run(team);
        return new PairedInterval(gain, Quantile.OfSorted(gains, (1 - level) / 2), Quantile.OfSorted(gains, (1 + level) / 2), level, IntervalMethod.Bootstrap);
    }

    /// <summary>For each row the share of the other class that it stands on the right side of, ties half: their mean over either class is the AUC.</summary>
    private static double[] Placements(RankedRows rows)
    {
        var (positives, negatives) = rows.Totals();
        var placements = new double[rows.Count];
        double below = 0, positivesBelow = 0;
        for (var start = 0; start < rows.Count;)
        {
            double up = 0, down = 0;
            var end = start;
            do
            {
                if (rows.Labels[end])
                    up++;
                else
                    down++;
            }
            while (!rows.Ends[end++]);

            for (var at = start; at < end; at++)
                placements[rows.Order[at]] = rows.Labels[at] ? (below + (down / 2)) / negatives : (positives - positivesBelow - (up / 2)) / positives;
            below += down;
            positivesBelow += up;
            start = end;
        }

        return placements;
    }

    private static PairedInterval Normal(double gain, double[] baseline, double[] model, ReadOnlySpan<bool> labels, double level)
    {
        Span<double> squares = stackalloc double[2];
        Span<double> counts = stackalloc double[2];
        for (var row = 0; row < labels.Length; row++)
        {
            var deviation = model[row] - baseline[row] - gain;
            squares[labels[row] ? 1 : 0] += deviation * deviation;
            counts[labels[row] ? 1 : 0]++;
        }

        var variance = 0.0;
        for (var side = 0; side < 2; side++)
            variance += squares[side] / Math.Max(1, counts[side] - 1) / counts[side];
        var reach = NormalDistribution.Quantile((1 + level) / 2) * Math.Sqrt(variance);
        return new PairedInterval(gain, gain - reach, gain + reach, level, IntervalMethod.Normal);
    }

    private sealed class Resampling(RankedRows baseline, RankedRows model, bool[] labels, double[] gains, long seed) : IChunkWork
    {
        private readonly FixedChunks _chunks = FixedChunks.Of(gains.Length, most: 64, smallest: 16);
        private readonly int[] _positives = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row])];
        private readonly int[] _negatives = [.. Enumerable.Range(0, labels.Length).Where(row => !labels[row])];

        /// <returns>The gains, ascending.</returns>
        public double[] Run(ChunkTeam team)
        {
            team.Run(this, _chunks.Count);
            Array.Sort(gains);
            return gains;
        }

        public void Run(int chunk)
        {
            var counts = new ushort[labels.Length];
            for (var resample = _chunks.Start(chunk); resample < _chunks.End(chunk); resample++)
            {
                var random = new Xoshiro256(seed, resample + 1);
                counts.AsSpan().Clear();
                foreach (var rows in (ReadOnlySpan<int[]>)[_positives, _negatives])
                {
                    for (var draw = 0; draw < rows.Length; draw++)
                        counts[rows[random.NextInt(rows.Length)]]++;
                }

                gains[resample] = Auc(model, counts) - Auc(baseline, counts);
            }
        }

        private double Auc(RankedRows rows, ushort[] counts)
        {
            double below = 0, up = 0, down = 0, doubled = 0;
            for (var at = 0; at < rows.Count; at++)
            {
                if (rows.Labels[at])
                    up += counts[rows.Order[at]];
                else
                    down += counts[rows.Order[at]];
                if (!rows.Ends[at])
                    continue;
                doubled += up * ((2 * below) + down);
                below += down;
                (up, down) = (0, 0);
            }

            return doubled / (2.0 * _positives.Length * _negatives.Length);
        }
    }
}
