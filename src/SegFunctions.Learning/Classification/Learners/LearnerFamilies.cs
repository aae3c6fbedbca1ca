namespace SegFunctions.Learning.Classification.Learners;

/// <summary>What is tried on a table of so many rows.</summary>
internal static class LearnerFamilies
{
    /// <summary>From so many rows on, penalties hardly differ.</summary>
    private const int ManyRows = 20_000;

    /// <summary>Few rows: small steps, small trees, each on other rows and columns, so that they do not learn them by heart.</summary>
    private static readonly TreeShape[] Careful =
    [
        new(Depth: 2, Rate: 0.05, MinChildWeight: 5, L2: 5, RowShare: 0.6, ColumnShare: 0.5, [25, 50, 100, 150, 200, 300, 400]),
        new(Depth: 4, Rate: 0.04, MinChildWeight: 5, L2: 5, RowShare: 0.6, ColumnShare: 0.3, [25, 50, 75, 100, 150, 200, 300, 400]),
    ];

    private static readonly TreeShape[] Eager =
    [
        new(Depth: 4, Rate: 0.1, MinChildWeight: 10, L2: 5, RowShare: 0.6, ColumnShare: 0.5, [50, 100, 150, 200]),
        new(Depth: 6, Rate: 0.1, MinChildWeight: 10, L2: 5, RowShare: 0.6, ColumnShare: 0.5, [50, 100, 150, 200, 300]),
    ];

    public static IReadOnlyList<ILearnerFamily> For(int rows, ClassificationOptions options) =>
    [
        new LogisticFamily(rows >= ManyRows ? [10] : [1000, 100, 10, 1], rows, options.Seed, options.Threads),
        new TreeFamily(rows >= ManyRows ? Eager : Careful, options.Seed, options.Threads),
    ];
}
