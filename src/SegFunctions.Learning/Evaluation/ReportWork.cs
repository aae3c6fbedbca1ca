namespace SegFunctions.Learning.Evaluation;

/// <summary>Measures once as it is, and once for each resample.</summary>
internal sealed class ReportWork : IChunkWork
{
    private readonly RankedRows _rows;
    private readonly RankedFigures _figures;
    private readonly ClassificationReportOptions _options;
    private readonly int[] _positives;
    private readonly int[] _negatives;
    private readonly FixedChunks _chunks;
    private readonly double[] _resampled;

    private ReportWork(RankedRows rows, RankedFigures figures, ClassificationReportOptions options)
    {
        _rows = rows;
        _figures = figures;
        _options = options;
        _positives = [.. Enumerable.Range(0, rows.Count).Where(at => rows.Labels[at])];
        _negatives = [.. Enumerable.Range(0, rows.Count).Where(at => !rows.Labels[at])];
        _chunks = FixedChunks.Of(options.Resamples, most: 32, smallest: 16);
        _resampled = new double[options.Resamples * figures.Length];
    }

    public static ClassificationReport Report(RankedRows rows, ClassificationReportOptions options, CancellationToken cancellationToken)
    {
        var (positive, negative) = rows.Totals();
        var best = options.Profit is null ? rows.Count : BestStart(rows, options.Profit);
        int[] starts = options.Profit is null ? [] : [rows.FirstAtLeast(options.Profit.Threshold), best, 0];
        var figures = new RankedFigures(rows, options.Shares, options.Bins, options.Profit, starts);
        var work = new ReportWork(rows, figures, options);
        using (var team = new ChunkTeam(options.Threads, cancellationToken))
            team.Run(work, work._chunks.Count);
        var values = new double[figures.Length];
        figures.Measure([], values);
        var share = positive / (positive + negative);
        var ranked = positive > 0 && negative > 0;
        return new ClassificationReport
        {
            Rows = rows.Count,
            Positives = work._positives.Length,
            PositiveShare = share,
            MeanProbability = MeanProbability(rows, positive + negative),
            Auc = ranked ? work.EstimateOf(values, RankedFigures.Auc) : null,
            AveragePrecision = positive > 0 ? work.EstimateOf(values, RankedFigures.AveragePrecision) : null,
            LogLoss = work.EstimateOf(values, RankedFigures.LogLoss),
            Brier = work.EstimateOf(values, RankedFigures.Brier),
            CalibrationError = Reflected(work.EstimateOf(values, RankedFigures.CalibrationError)),
            Reliability = Reliability.Of(rows, options.Bins),
            Lift = positive > 0 ? [.. options.Shares.Select((part, i) => work.LiftOf(values, part, RankedFigures.FirstGain + i))] : [],
            GainCurve = positive > 0 ? Curve(rows) : [],
            Profit = options.Profit is null ? null : work.ProfitOf(values, best, positive + negative),
            Level = options.Level,
            Resamples = options.Resamples,
        };
    }

    public void Run(int chunk)
    {
        var counts = new ushort[_rows.Count];
        for (var resample = _chunks.Start(chunk); resample < _chunks.End(chunk); resample++)
        {
            var random = new Xoshiro256(_options.Seed, resample + 1);
            counts.AsSpan().Clear();
            Draw(_positives, counts, random);
            Draw(_negatives, counts, random);
            _figures.Measure(counts, _resampled.AsSpan(resample * _figures.Length, _figures.Length));
        }
    }

    private static void Draw(int[] positions, ushort[] counts, Xoshiro256 random)
    {
        for (var draw = 0; draw < positions.Length; draw++)
            counts[positions[random.NextInt(positions.Length)]]++;
    }

    private Estimate EstimateOf(double[] values, int figure)
    {
        if (_options.Resamples == 0)
            return new Estimate(values[figure], double.NaN, double.NaN);
        var resampled = new double[_options.Resamples];
        for (var resample = 0; resample < resampled.Length; resample++)
            resampled[resample] = _resampled[(resample * _figures.Length) + figure];
        Array.Sort(resampled);
        return new Estimate(values[figure], Quantile.OfSorted(resampled, (1 - _options.Level) / 2), Quantile.OfSorted(resampled, (1 + _options.Level) / 2));
    }

    private static Estimate Reflected(Estimate estimate) =>
        new(estimate.Value, Math.Max(0, (2 * estimate.Value) - estimate.Upper), Math.Max(0, (2 * estimate.Value) - estimate.Lower));

    private LiftAt LiftOf(double[] values, double share, int figure)
    {
        var gain = EstimateOf(values, figure);
        return new LiftAt(share, new Estimate(gain.Value / share, gain.Lower / share, gain.Upper / share), gain);
    }

    private ProfitFigures ProfitOf(double[] values, int best, double total)
    {
        var first = RankedFigures.FirstGain + _options.Shares.Count;
        var mass = 0.0;
        for (var at = best; at < _rows.Count; at++)
            mass += _rows.WeightAt(at);
        return new ProfitFigures(
            _options.Profit!.Threshold,
            EstimateOf(values, first),
            best < _rows.Count ? _rows.Scores[best] : double.PositiveInfinity,
            mass / total,
            EstimateOf(values, first + 1),
            EstimateOf(values, first + 2));
    }

    /// <summary>The position from which on contacting brings most; of equal ones the one that contacts fewest.</summary>
    private static int BestStart(RankedRows rows, ProfitTerms terms)
    {
        var best = rows.Count;
        double profit = 0, most = 0;
        for (var at = rows.Count - 1; at >= 0; at--)
        {
            profit += rows.WeightAt(at) * ((rows.Labels[at] ? terms.SuccessProbability * terms.ValueSaved : 0) - terms.ContactCost);
            if ((at == 0 || rows.Ends[at - 1]) && profit > most)
                (best, most) = (at, profit);
        }

        return best;
    }

    private static double MeanProbability(RankedRows rows, double total)
    {
        var sum = 0.0;
        for (var at = 0; at < rows.Count; at++)
            sum += rows.WeightAt(at) * rows.Scores[at];
        return sum / total;
    }

    private static GainPoint[] Curve(RankedRows rows)
    {
        double[] shares = [.. Enumerable.Range(1, 100).Select(percent => percent / 100.0)];
        var figures = new RankedFigures(rows, shares, bins: 1, null, []);
        var values = new double[figures.Length];
        figures.Measure([], values);
        return [new GainPoint(0, 0), .. shares.Select((share, i) => new GainPoint(share, values[RankedFigures.FirstGain + i]))];
    }
}
