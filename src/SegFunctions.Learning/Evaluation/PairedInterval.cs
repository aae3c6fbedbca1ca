namespace SegFunctions.Learning.Evaluation;

/// <summary>How an interval was made.</summary>
public enum IntervalMethod
{
    /// <summary>Percentiles of bootstrap means.</summary>
    Bootstrap,

    /// <summary>Mean ± z · standard error, where so many rows make the bootstrap say the same.</summary>
    Normal,
}

/// <summary>
/// The mean of paired differences with its interval: rows are what varies, both models see the same ones, so what is hard for both
/// cancels. Differences of losses, baseline minus model: above 0 means that the model is better.
/// </summary>
/// <param name="Mean">Mean difference.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Level">Coverage aimed at, 0.95 for 95 %.</param>
/// <param name="Method">Bootstrap, or normal for many rows.</param>
public readonly record struct PairedInterval(double Mean, double Lower, double Upper, double Level, IntervalMethod Method)
{
    /// <summary>Above this many rows a mean is normal to far more digits than an interval deserves.</summary>
    private const int BootstrapRows = 20_000;

    /// <summary>
    /// Percentile bootstrap (Efron 1979) of the mean difference; above 20,000 rows the normal interval. Each resample has its own
    /// random stream, so threads change nothing. Cost O(resamples · n).
    /// </summary>
    /// <param name="differences">One finite number a row.</param>
    /// <exception cref="ArgumentException">No rows, or a value that is not finite (row named).</exception>
    public static PairedInterval Of(ReadOnlySpan<double> differences, long seed, double level = 0.95, int resamples = 2000, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level lies between 0 and 1, as 0.95.");
        if (differences.IsEmpty)
            throw new ArgumentException("There are no rows; at least one is needed.", nameof(differences));
        var mean = 0.0;
        for (var row = 0; row < differences.Length; row++)
        {
            if (!double.IsFinite(differences[row]))
                throw new ArgumentException($"Row {row} (counted from 0) holds {differences[row]}; a difference must be finite.", nameof(differences));
            mean += differences[row];
        }

        mean /= differences.Length;
        if (differences.Length > BootstrapRows)
            return Normal(differences, mean, level);
        using var team = new ChunkTeam(threads, cancellationToken);
        var means = new double[resamples];
        team.Run(new Resampling(differences.ToArray(), means, seed), FixedChunks.Of(resamples, most: 64, smallest: 16).Count);
        Array.Sort(means);
        return new PairedInterval(mean, Quantile.OfSorted(means, (1 - level) / 2), Quantile.OfSorted(means, (1 + level) / 2), level, IntervalMethod.Bootstrap);
    }

    /// <summary>The interval of baseline − model, loss by loss.</summary>
    /// <exception cref="ArgumentException">Lengths differ, no rows, or a value that is not finite.</exception>
    public static PairedInterval OfGain(ReadOnlySpan<double> baselineLosses, ReadOnlySpan<double> modelLosses, long seed, double level = 0.95, CancellationToken cancellationToken = default)
    {
        if (baselineLosses.Length != modelLosses.Length)
            throw new ArgumentException($"The baseline has {baselineLosses.Length} losses, the model {modelLosses.Length}; both must be of the same rows.", nameof(modelLosses));
        var differences = new double[baselineLosses.Length];
        for (var row = 0; row < differences.Length; row++)
            differences[row] = baselineLosses[row] - modelLosses[row];
        return Of(differences, seed, level, cancellationToken: cancellationToken);
    }

    private static PairedInterval Normal(ReadOnlySpan<double> differences, double mean, double level)
    {
        var squares = 0.0;
        foreach (var difference in differences)
            squares += (difference - mean) * (difference - mean);
        var error = Math.Sqrt(squares / (differences.Length - 1.0) / differences.Length);
        var z = NormalDistribution.Quantile((1 + level) / 2);
        return new PairedInterval(mean, mean - (z * error), mean + (z * error), level, IntervalMethod.Normal);
    }

    private sealed class Resampling(double[] differences, double[] means, long seed) : IChunkWork
    {
        private readonly FixedChunks _chunks = FixedChunks.Of(means.Length, most: 64, smallest: 16);

        public void Run(int chunk)
        {
            for (var resample = _chunks.Start(chunk); resample < _chunks.End(chunk); resample++)
            {
                var random = new Xoshiro256(seed, resample + 1);
                var sum = 0.0;
                for (var draw = 0; draw < differences.Length; draw++)
                    sum += differences[random.NextInt(differences.Length)];
                means[resample] = sum / differences.Length;
            }
        }
    }
}
