namespace SegFunctions.Learning.Classification.Learners;

/// <summary>What is tried on a table of so many rows.</summary>
internal static class LearnerFamilies
{
    /// <summary>From so many rows on, a strong penalty has nothing to protect from.</summary>
    private const int ManyRows = 20_000;

    public static IReadOnlyList<ILearnerFamily> For(int rows, ClassificationOptions options) =>
        [new LogisticFamily(rows >= ManyRows ? [100, 1] : [1000, 100, 10, 1], options.Seed, options.Threads)];
}
