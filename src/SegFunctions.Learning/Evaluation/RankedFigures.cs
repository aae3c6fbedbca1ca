namespace SegFunctions.Learning.Evaluation;

/// <summary>All figures of ranked probabilities in one pass from the lowest to the highest, for rows that each count some number of times.</summary>
internal sealed class RankedFigures
{
    /// <summary>Where each figure stands in the result; gains of the shares follow, then the profits.</summary>
    public const int Auc = 0;
    public const int AveragePrecision = 1;
    public const int LogLoss = 2;
    public const int Brier = 3;
    public const int CalibrationError = 4;
    public const int FirstGain = 5;

    private readonly RankedRows _rows;
    private readonly double[] _losses;
    private readonly double[] _brier;
    private readonly double[] _shares;
    private readonly int[] _shareOrder;
    private readonly int _bins;
    private readonly ProfitTerms? _profit;
    private readonly int[] _profitStarts;

    /// <param name="profitStarts">Positions from which on customers are contacted.</param>
    public RankedFigures(RankedRows rows, IReadOnlyList<double> shares, int bins, ProfitTerms? profit, int[] profitStarts)
    {
        _rows = rows;
        _shares = [.. shares];
        // The largest share is met first on the way up.
        _shareOrder = [.. Enumerable.Range(0, _shares.Length).OrderByDescending(i => _shares[i])];
        _bins = bins;
        _profit = profit;
        _profitStarts = profitStarts;
        _losses = new double[rows.Count];
        _brier = new double[rows.Count];
        for (var at = 0; at < rows.Count; at++)
        {
            _losses[at] = Evaluation.LogLoss.Of(rows.Scores[at], rows.Labels[at]);
            _brier[at] = BrierScore.Of(rows.Scores[at], rows.Labels[at]);
        }
    }

    public int Length => FirstGain + _shares.Length + _profitStarts.Length;

    /// <param name="counts">How often each position counts; empty for once each.</param>
    /// <param name="figures">OUT <see cref="Length"/> numbers; NaN where one does not exist.</param>
    public void Measure(ReadOnlySpan<ushort> counts, Span<double> figures)
    {
        var (positives, negatives) = Totals(counts);
        var total = positives + negatives;
        double below = 0, positivesBelow = 0, up = 0, down = 0, doubled = 0, precision = 0;
        double loss = 0, brier = 0, gaps = 0, binMass = 0, binPromised = 0, binPositives = 0;
        var bin = 1;
        var share = 0;
        for (var at = 0; at < _rows.Count; at++)
        {
            var mass = (counts.IsEmpty ? 1 : counts[at]) * _rows.WeightAt(at);
            if (_rows.Labels[at])
            {
                up += mass;
                binPositives += mass;
            }
            else
            {
                down += mass;
            }

            loss += mass * _losses[at];
            brier += mass * _brier[at];
            binMass += mass;
            binPromised += mass * _rows.Scores[at];
            if (!_rows.Ends[at])
                continue;
            var reached = positivesBelow + below + up + down;
            doubled += up * ((2 * below) + down);
            if (up > 0)
                precision += up * ((positives - positivesBelow) / (total - positivesBelow - below));
            for (; share < _shareOrder.Length && reached >= (1 - _shares[_shareOrder[share]]) * total; share++)
            {
                // The edge lies within this group of equal scores: the part of it above the edge counts.
                var above = reached - ((1 - _shares[_shareOrder[share]]) * total);
                var part = up == 0 ? 0 : up * Math.Min(1, above / (up + down));
                figures[FirstGain + _shareOrder[share]] = (positives - positivesBelow - up + part) / positives;
            }

            positivesBelow += up;
            below += down;
            (up, down) = (0, 0);
            if (reached * _bins >= bin * total * (1 - 1e-12) && binMass > 0)
            {
                gaps += Math.Abs(binPromised - binPositives);
                (binMass, binPromised, binPositives) = (0, 0, 0);
                while (bin <= _bins && reached * _bins >= bin * total * (1 - 1e-12))
                    bin++;
            }
        }

        gaps += Math.Abs(binPromised - binPositives);
        figures[Auc] = doubled / (2 * positives * negatives);
        figures[AveragePrecision] = precision / positives;
        figures[LogLoss] = loss / total;
        figures[Brier] = brier / total;
        figures[CalibrationError] = gaps / total;
        for (; share < _shareOrder.Length; share++)
            figures[FirstGain + _shareOrder[share]] = 1;
        for (var i = 0; i < _profitStarts.Length; i++)
            figures[FirstGain + _shares.Length + i] = ProfitFrom(_profitStarts[i], counts) / total;
    }

    private (double Positive, double Negative) Totals(ReadOnlySpan<ushort> counts)
    {
        double positive = 0, negative = 0;
        for (var at = 0; at < _rows.Count; at++)
        {
            var mass = (counts.IsEmpty ? 1 : counts[at]) * _rows.WeightAt(at);
            if (_rows.Labels[at])
                positive += mass;
            else
                negative += mass;
        }

        return (positive, negative);
    }

    private double ProfitFrom(int start, ReadOnlySpan<ushort> counts)
    {
        double profit = 0;
        for (var at = start; at < _rows.Count; at++)
        {
            var mass = (counts.IsEmpty ? 1 : counts[at]) * _rows.WeightAt(at);
            profit += mass * ((_rows.Labels[at] ? _profit!.SuccessProbability * _profit.ValueSaved : 0) - _profit!.ContactCost);
        }

        return profit;
    }
}
