using System.Runtime.InteropServices;
using SegFunctions.Customers.Identity.Comparing;

namespace SegFunctions.Customers.Identity.Fitting;

/// <summary>Pairs that agree alike, counted together; surprises are rounded to half bits for it.</summary>
internal sealed class PatternTable
{
    private const float StepsPerBit = 2;

    // Evidence of companies' names may be against.
    private const int Zero = 256;

    private readonly Dictionary<(ulong Levels, int Surprise), double> _counts = [];

    public void Add(in Agreement agreement)
    {
        var (shared, personal, home) = (Round(agreement.Surprise.Shared), Round(agreement.Surprise.Personal), Round(agreement.Surprise.PersonalAtHome));
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, (agreement.Levels, shared | (personal << 10) | (home << 20)), out _)++;
    }

    public void Add(PatternTable other)
    {
        foreach (var (pattern, count) in other._counts)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, pattern, out _) += count;
    }

    /// <summary>The patterns in an order that depends on them alone, with the pairs of each.</summary>
    /// <param name="weight">Pairs that each pair added stands for.</param>
    public (Agreement[] Patterns, double[] Weights) ToArrays(double weight)
    {
        var keys = _counts.Keys.ToArray();
        Array.Sort(keys);
        var patterns = new Agreement[keys.Length];
        var weights = new double[keys.Length];
        for (var at = 0; at < keys.Length; at++)
        {
            var (levels, surprise) = keys[at];
            patterns[at] = new Agreement(levels, new Surprise
            {
                Shared = ((surprise & 1023) - Zero) / StepsPerBit,
                Personal = (((surprise >> 10) & 1023) - Zero) / StepsPerBit,
                PersonalAtHome = (((surprise >> 20) & 1023) - Zero) / StepsPerBit,
            });
            weights[at] = _counts[keys[at]] * weight;
        }

        return (patterns, weights);
    }

    private static int Round(float bits) => Math.Clamp((int)MathF.Round(bits * StepsPerBit) + Zero, 0, 1023);
}
