namespace SegFunctions.Learning.Evaluation.Publication;

/// <summary>
/// A model is published when the lower end of the paired interval of its gain in log-loss over the best baseline is above 0 and its AUC is
/// not lower. Otherwise the baseline is used: a rule that everybody understands should give way only to what is surely better.
/// </summary>
/// <remarks>
/// All probabilities are of the same rows, none of which any of them was fitted or calibrated on. That the model must beat the baseline that turned
/// out best on the very rows makes the rule a little stricter than its level says.
/// </remarks>
public static class PublicationRule
{
    /// <param name="baselines">At least one.</param>
    /// <param name="labels">One a row, true for the event.</param>
    /// <param name="seed">Decides the resamples of the interval.</param>
    /// <param name="level">Coverage of the interval.</param>
    /// <exception cref="ArgumentException">No baseline, lengths that differ, or a value that is no probability (row named).</exception>
    public static PublicationVerdict Decide(ScoredModel model, IReadOnlyList<ScoredModel> baselines, ReadOnlySpan<bool> labels, long seed, double level = 0.95, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(baselines);
        if (baselines.Count == 0)
            throw new ArgumentException("There is no baseline; the share of positives in other rows always is one.", nameof(baselines));
        var best = 0;
        double[] bestLosses = [];
        for (var i = 0; i < baselines.Count; i++)
        {
            var losses = LogLoss.PerRow(baselines[i].Probabilities, labels);
            if (i > 0 && !(losses.Average() < bestLosses.Average()))
                continue;
            (best, bestLosses) = (i, losses);
        }

        var modelLosses = LogLoss.PerRow(model.Probabilities, labels);
        var gain = PairedInterval.OfGain(bestLosses, modelLosses, seed, level, cancellationToken);
        var modelAuc = RocAuc.Of(model.Probabilities, labels);
        var baselineAuc = RocAuc.Of(baselines[best].Probabilities, labels);
        var better = gain.Lower > 0;
        var ranks = modelAuc is null || baselineAuc is null || modelAuc >= baselineAuc;
        var reason = !better
            ? PublicationWording.NotSurelyBetter(baselines[best].Name, gain)
            : ranks
                ? PublicationWording.Better(model.Name, baselines[best].Name, gain, modelAuc, baselineAuc)
                : PublicationWording.RanksWorse(baselines[best].Name, modelAuc, baselineAuc);
        return new PublicationVerdict(better && ranks, best, gain, modelLosses.Average(), bestLosses.Average(), modelAuc, baselineAuc, reason);
    }
}
