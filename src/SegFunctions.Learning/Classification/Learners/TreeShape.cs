using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>What boosted trees are like, and after how many of them they are judged.</summary>
/// <param name="Checkpoints">Rounds, rising.</param>
internal sealed record TreeShape(int Depth, double Rate, double MinChildWeight, double L2, double RowShare, double ColumnShare, int[] Checkpoints)
{
    /// <summary>Columns that every tree sees at least: what matters only together must be seen together.</summary>
    private const double FewestColumns = 5;

    /// <param name="columns">Of the table.</param>
    public BoostingOptions Options(int rounds, int columns, int[] categorical, long seed, int? threads) => new()
    {
        Loss = BoostingLoss.Logistic,
        Rounds = rounds,
        LearningRate = Rate,
        MaxDepth = Depth,
        MinChildWeight = MinChildWeight,
        L2 = L2,
        RowShare = RowShare,
        ColumnShare = Math.Max(ColumnShare, Math.Min(1, FewestColumns / columns)),
        Categorical = categorical,
        EarlyStopping = null,
        Seed = seed,
        Threads = threads,
    };
}
