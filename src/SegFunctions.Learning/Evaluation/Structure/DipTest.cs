namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>How far one column of numbers is from having a single mode.</summary>
/// <param name="Dip">Greatest distance between the empirical distribution and the nearest unimodal one, 1/(2n) to 1/4.</param>
/// <param name="Low">Lower end of the modal interval.</param>
/// <param name="High">Upper end of the modal interval.</param>
public readonly record struct DipResult(double Dip, double Low, double High);

/// <summary>
/// The dip (Hartigan &amp; Hartigan, "The dip test of unimodality", Annals of Statistics 13, 1985): exact, by alternating the greatest
/// convex minorant and the least concave majorant of the empirical distribution on a shrinking modal interval (Hartigan, AS 217, 1985).
/// </summary>
public static class DipTest
{
    /// <summary>The dip of a sample. Cost O(n log n) for the sorting, O(n) after.</summary>
    /// <param name="values">At least one, finite, in any order; not written to.</param>
    /// <exception cref="ArgumentException">No value, or one that is not finite (position named).</exception>
    public static DipResult Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("The dip of no values is not defined; at least one is needed.", nameof(values));
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"Value {i} (counted from 0) is {values[i]}; every value must be a finite number.", nameof(values));
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        return new DipSearch(sorted).Run();
    }

    /// <summary>
    /// The share of uniform samples of that size whose dip is at least as great: Hartigan and Hartigan's test, for which the uniform is the hardest unimodal
    /// distribution. For values that were not chosen for their dip; a direction sought out among many needs the draws of <see cref="StructureTest"/>.
    /// </summary>
    /// <param name="rows">Values the dip was taken of. Above 2,000 the dip is scaled by √n to 2,000, where it has its limit to two digits.</param>
    /// <param name="draws">Samples simulated, at least 1.</param>
    /// <returns>(1 + samples as great) / (1 + samples).</returns>
    public static double PValue(double dip, int rows, int draws = 1_999, long seed = 0)
    {
        const int Limit = 2_000;
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var size = Math.Min(rows, Limit);
        var scaled = dip * Math.Sqrt((double)rows / size);
        var random = new Xoshiro256(seed);
        var sample = new double[size];
        var search = new DipSearch(sample);
        var asGreat = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            // Sums of exponentials are uniform order statistics up to a factor, which the dip does not see.
            var sum = 0.0;
            for (var i = 0; i < size; i++)
                sample[i] = sum -= Math.Log(1 - random.NextDouble());
            asGreat += search.Run().Dip >= scaled ? 1 : 0;
        }

        return (1.0 + asGreat) / (1 + draws);
    }

    /// <summary>The same for finite values already in ascending order.</summary>
    internal static DipResult OfSorted(double[] sorted) => new DipSearch(sorted).Run();
}
