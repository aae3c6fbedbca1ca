using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Linear;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>Logistic regressions of falling penalty.</summary>
internal sealed class LogisticFamily(IReadOnlyList<double> strengths, long seed, int? threads) : ILearnerFamily
{
    public const string Key = "logistic";

    public string Name => Key;

    public IReadOnlyList<LearnerSetting> Settings { get; } =
    [
        .. strengths.Select((strength, variant) => new LearnerSetting(
            new Bilingual(
                $"logistic regression, L2 penalty {Wording.Number(strength).En}",
                $"régression logistique, pénalité L2 {Wording.Number(strength).Fr}"),
            variant)),
    ];

    public double[][]? Judge(Table train, bool[] positive, Table held, UsedColumns used, CancellationToken cancellationToken)
    {
        if (LinearDesign.Fit(train, positive, used, seed, threads, cancellationToken) is not var (design, rows))
            return null;
        var judged = design.Apply(held, threads, cancellationToken);
        return [.. strengths.Select(strength => Fit(design, rows, positive, strength, cancellationToken).LogOdds(judged))];
    }

    public Scorer Fit(Table train, bool[] positive, UsedColumns used, int setting, CancellationToken cancellationToken)
    {
        var (design, rows) = LinearDesign.Fit(train, positive, used, seed, threads, cancellationToken)
            ?? throw new InvalidOperationException("No column is left to learn from.");
        return Fit(design, rows, positive, strengths[setting], cancellationToken);
    }

    private LinearScorer Fit(LinearDesign design, Matrix rows, bool[] positive, double strength, CancellationToken cancellationToken) =>
        new(design, LogisticRegression.Fit(rows, positive, new LogisticOptions { L2 = strength, Threads = threads }, default, cancellationToken));
}
