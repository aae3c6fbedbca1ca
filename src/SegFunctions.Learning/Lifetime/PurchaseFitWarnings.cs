using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime;

/// <summary>What a fit should say of itself.</summary>
internal static class PurchaseFitWarnings
{
    // Fewer repeat customers than this leave four parameters to chance.
    private const double FewRepeaters = 50;

    // 5 % point of the likelihood-ratio test with two parameters, on the careful side (χ² of 2 degrees, halved): below it drop-out is used, but told to be faint.
    private const double ClearGain = 2.996;

    // From here on a population is as good as uniform: a gamma of this shape varies by 3 %.
    private const double Uniform = 1e3;

    public static IEnumerable<Bilingual> Of(PurchaseModelKind kind, Maximum maximum, double nbd, double age, GroupedHistories histories)
    {
        var repeaters = 0.0;
        foreach (var run in histories.Runs)
        {
            for (var row = run.Start; run.Repeats > 0 && row < run.End; row++)
                repeaters += histories.Weight[row];
        }

        if (repeaters < FewRepeaters)
            yield return LifetimeWording.FewRepeaters(repeaters);
        if (kind != PurchaseModelKind.Nbd && maximum.Value - nbd < ClearGain)
            yield return LifetimeWording.FaintDropout(maximum.Value - nbd);
        var values = maximum.Parameters;
        if (values[0] > Uniform)
            yield return LifetimeWording.UniformRate(values[0] / values[1]);
        if (kind == PurchaseModelKind.ParetoNbd && values[2] > Uniform)
            yield return LifetimeWording.UniformDropout(kind, values[2] / values[3]);
        if (kind is PurchaseModelKind.BgNbd or PurchaseModelKind.MbgNbd && values[2] + values[3] > Uniform)
            yield return LifetimeWording.UniformDropout(kind, values[2] / (values[2] + values[3]));
        if (kind == PurchaseModelKind.ParetoNbd && values[3] > 100 * age && values[2] <= Uniform)
            yield return LifetimeWording.UniformDropout(kind, values[2] / values[3]);
    }
}
