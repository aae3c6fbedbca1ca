namespace SegFunctions.Learning.Lifetime;

/// <summary>The orders of a span of time: E[Y] and E[Y²].</summary>
public readonly record struct OrderMoments(double Mean, double MeanSquare)
{
    /// <summary>Var[Y].</summary>
    public double Variance => Math.Max(0, MeanSquare - (Mean * Mean));

    /// <summary>The moments when Y is 0 with probability 1 − <paramref name="share"/> and so distributed otherwise.</summary>
    public OrderMoments Times(double share) => new(share * Mean, share * MeanSquare);
}
