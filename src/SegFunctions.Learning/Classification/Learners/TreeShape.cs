using SegFunctions.Learning.Boosting;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>What boosted trees are like, and after how many of them they are judged.</summary>
/// <param name="Checkpoints">Rounds, rising.</param>
internal sealed record TreeShape(int Depth, double Rate, double MinChildWeight, double L2, double RowShare, double ColumnShare, int[] Checkpoints)
{
    public BoostingOptions Options(int rounds, int[] categorical, long seed, int? threads) => new()
    {
        Loss = BoostingLoss.Logistic,
        Rounds = rounds,
        LearningRate = Rate,
        MaxDepth = Depth,
        MinChildWeight = MinChildWeight,
        L2 = L2,
        RowShare = RowShare,
        ColumnShare = ColumnShare,
        Categorical = categorical,
        EarlyStopping = null,
        Seed = seed,
        Threads = threads,
    };
}
