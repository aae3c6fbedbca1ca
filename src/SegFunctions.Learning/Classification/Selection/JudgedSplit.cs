using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Evaluation.Splits;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Selection;

/// <summary>Rows to learn from and rows to judge.</summary>
/// <param name="Rows">Where the judged rows stand in the table, if they are of one.</param>
/// <param name="Parts">For each judged row, which part it is of (see <see cref="JudgedRows"/>).</param>
internal sealed record JudgedSplit(Table Train, bool[] TrainPositive, Table Held, bool[] HeldPositive, int[] Rows, int[] Parts)
{
    /// <summary>Judged rows beyond this many would sharpen no choice.</summary>
    private const int MostHeldRows = 100_000;
    private const int OneInHeld = 4;

    /// <summary>Every row is judged once, by what the other folds teach.</summary>
    public static IEnumerable<JudgedSplit> Folds(Table table, bool[] positive, int folds, long seed)
    {
        var dealt = StratifiedFolds.Of(positive, folds, seed);
        for (var fold = 0; fold < folds; fold++)
        {
            var (train, held) = dealt.Of(fold);
            yield return Of(table, positive, train, held, [.. Enumerable.Repeat(fold, held.Length)]);
        }
    }

    /// <summary>A quarter of the rows, at most 100,000, is judged by what the rest teaches.</summary>
    public static JudgedSplit Holdout(Table table, bool[] positive, long seed)
    {
        var of = Math.Max(OneInHeld, (int)Math.Ceiling((double)positive.Length / MostHeldRows));
        var (train, held) = StratifiedFolds.Of(positive, of, seed).Of(fold: 0);
        return Of(table, positive, train, held, Halves(TableRows.Take(positive, held), seed));
    }

    /// <summary>Later rows are judged by what earlier ones teach.</summary>
    public static JudgedSplit Later(Table train, bool[] trainPositive, Table held, bool[] heldPositive, long seed)
    {
        var of = (int)Math.Ceiling((double)heldPositive.Length / MostHeldRows);
        int[] rows = [.. Enumerable.Range(0, heldPositive.Length)];
        if (of > 1)
        {
            rows = StratifiedFolds.Of(heldPositive, of, seed).Of(fold: 0).Test;
            (held, heldPositive) = (held.Take(rows), TableRows.Take(heldPositive, rows));
        }

        return new JudgedSplit(train, trainPositive, held, heldPositive, rows, Halves(heldPositive, seed));
    }

    private static int[] Halves(bool[] positive, long seed) => StratifiedFolds.Of(positive, 2, seed).FoldOf().ToArray();

    private static JudgedSplit Of(Table table, bool[] positive, int[] train, int[] held, int[] parts) => new(
        table.Take(train), TableRows.Take(positive, train), table.Take(held), TableRows.Take(positive, held), held, parts);
}
