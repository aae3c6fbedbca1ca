using SegFunctions.Learning.Classification.Learners;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Classification.Selection;

/// <summary>What every learner at every setting says of rows that it did not learn from.</summary>
internal sealed class JudgedRows
{
    private readonly double[][][] _losses;

    /// <param name="parts">For each row, which part it is of: choices for a part are made on the others.</param>
    /// <param name="prior">Log-odds of the rows that were learned from, for each row.</param>
    /// <param name="logOdds">(families)(settings)(rows).</param>
    public JudgedRows(bool[] positive, int[] parts, double[] prior, IReadOnlyList<ILearnerFamily> families, double[][][] logOdds)
    {
        Positive = positive;
        Parts = parts;
        Prior = prior;
        Families = families;
        LogOdds = logOdds;
        PriorLosses = Losses(prior, positive);
        _losses = Array.ConvertAll(logOdds, family => Array.ConvertAll(family, odds => Losses(odds, positive)));
    }

    public bool[] Positive { get; }

    public int[] Parts { get; }

    public double[] Prior { get; }

    public double[] PriorLosses { get; }

    public IReadOnlyList<ILearnerFamily> Families { get; }

    public double[][][] LogOdds { get; }

    public int Rows => Positive.Length;

    /// <summary>Log-loss of each row.</summary>
    public double[] LossesOf(int family, int setting) => _losses[family][setting];

    /// <summary>−ln of the probability that log-odds give to what happened.</summary>
    public static double[] Losses(double[] logOdds, bool[] positive)
    {
        var losses = new double[logOdds.Length];
        for (var row = 0; row < losses.Length; row++)
            losses[row] = Logistic.Softplus(positive[row] ? -logOdds[row] : logOdds[row]);
        return losses;
    }
}
