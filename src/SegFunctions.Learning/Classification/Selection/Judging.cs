using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Classification.Learners;

namespace SegFunctions.Learning.Classification.Selection;

/// <summary>Has every family learn from the rows of each split at every setting, and collects what they say of the others.</summary>
internal static class Judging
{
    /// <returns>The judged rows, one split after the other, and where each stands in its table.</returns>
    public static (JudgedRows Judged, int[] Rows) Run(IEnumerable<JudgedSplit> splits, IReadOnlyList<ILearnerFamily> families, UsedColumns used, CancellationToken cancellationToken)
    {
        var positive = new List<bool>();
        var parts = new List<int>();
        var rows = new List<int>();
        var prior = new List<double>();
        // (families)(settings) lists of log-odds; null once a family could not learn from some split.
        var odds = families.Select(family => (List<double>[]?)[.. family.Settings.Select(_ => new List<double>())]).ToArray();
        foreach (var split in splits)
        {
            cancellationToken.ThrowIfCancellationRequested();
            positive.AddRange(split.HeldPositive);
            parts.AddRange(split.Parts);
            rows.AddRange(split.Rows);
            prior.AddRange(Enumerable.Repeat(PriorScorer.Fit(split.TrainPositive).BaseLogOdds, split.Rows.Length));
            for (var family = 0; family < odds.Length; family++)
            {
                if (odds[family] is not { } lists)
                    continue;
                if (families[family].Judge(split.Train, split.TrainPositive, split.Held, used, cancellationToken) is not { } judged)
                {
                    odds[family] = null;
                    continue;
                }

                for (var setting = 0; setting < lists.Length; setting++)
                    lists[setting].AddRange(judged[setting]);
            }
        }

        var able = Enumerable.Range(0, families.Count).Where(family => odds[family] is not null).ToList();
        return (
            new JudgedRows(
                [.. positive],
                [.. parts],
                [.. prior],
                [.. able.Select(family => families[family])],
                [.. able.Select(family => odds[family]!.Select(list => list.ToArray()).ToArray())]),
            [.. rows]);
    }
}
