using System.Globalization;

namespace SegFunctions.Customers.Segments.Rfm;

/// <summary>Recency, frequency and monetary scores, each 1 (worst fifth) to 5 (best fifth).</summary>
public readonly record struct RfmScore(int Recency, int Frequency, int Monetary)
{
    /// <summary>(F + M) / 2, halves up: 1 to 5, the column of the grid of names.</summary>
    public int Value => (Frequency + Monetary + 1) / 2;

    /// <summary>The three digits, for example 545.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Recency}{Frequency}{Monetary}");
}
