using SegFunctions.Learning.Classification.Learners;

namespace SegFunctions.Learning.Classification.Selection;

/// <summary>A learner, or two and how they are mixed.</summary>
/// <param name="Settings">For each family the setting that it is used at, or would be.</param>
/// <param name="Family">The one family that is used; −1 where none or both are.</param>
/// <param name="SecondShare">Share of the second family in a blend; 0 where there is no blend.</param>
internal sealed record ChosenLearner(int[] Settings, int Family, double SecondShare)
{
    public const string Prior = "prior";
    public const string Blend = "blend";

    public bool IsBlend => SecondShare > 0;

    public bool IsPrior => !IsBlend && Family < 0;

    public string Name(IReadOnlyList<ILearnerFamily> families) => IsBlend ? Blend : Family < 0 ? Prior : families[Family].Name;

    /// <summary>Log-odds of every judged row.</summary>
    public double[] LogOdds(JudgedRows judged)
    {
        if (IsBlend)
            return Mix(judged.LogOdds[0][Settings[0]], judged.LogOdds[1][Settings[1]], SecondShare);
        return Family < 0 ? judged.Prior : judged.LogOdds[Family][Settings[Family]];
    }

    public static double[] Mix(double[] first, double[] second, double share)
    {
        var mixed = new double[first.Length];
        for (var row = 0; row < mixed.Length; row++)
            mixed[row] = BlendScorer.Mix(first[row], second[row], share);
        return mixed;
    }
}
