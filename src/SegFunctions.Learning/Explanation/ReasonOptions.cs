namespace SegFunctions.Learning.Explanation;

/// <summary>How many reasons are given, and from which weight on.</summary>
public sealed record ReasonOptions
{
    /// <summary>Reasons a row has at most; 1 or more.</summary>
    public int Most { get; init; } = 3;

    /// <summary>Reasons a row has even if they weigh little, as far as anything weighs on the side asked for; 0 to <see cref="Most"/>.</summary>
    public int Least { get; init; } = 1;

    /// <summary>What an aspect must add to or take from the margin to be worth a word; 0 or more. In log-odds the default is a change of about 2.5 points at even odds.</summary>
    public double Worthwhile { get; init; } = 0.1;

    internal void Validate(List<string> faults)
    {
        if (Most < 1)
            faults.Add($"Most is {Most}; it must be 1 or more.");
        if (Least < 0 || Least > Most)
            faults.Add($"Least is {Least}; it must be from 0 to Most, {Most}.");
        if (!(Worthwhile >= 0))
            faults.Add($"Worthwhile is {Worthwhile}; it must be 0 or more.");
    }
}
