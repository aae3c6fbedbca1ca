using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Evaluation.Splits;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Linear;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>Logistic regressions of falling penalty, on straight lines and on lines that may bend.</summary>
internal sealed class LogisticFamily : ILearnerFamily
{
    public const string Key = "logistic";

    /// <summary>More rows than this teach some hundred coefficients nothing more, and take room.</summary>
    private const int MostRows = 200_000;

    private readonly double[] _strengths;
    private readonly long _seed;
    private readonly int? _threads;

    /// <param name="strengths">L2 penalties, the strongest first.</param>
    /// <param name="rows">Of the table that is learned from; of more than 200,000 so many are drawn, which the descriptions say.</param>
    public LogisticFamily(double[] strengths, int rows, long seed, int? threads)
    {
        var drawn = Wording.Number((double)MostRows);
        var of = rows > MostRows ? new Bilingual($" on {drawn.En} rows", $" sur {drawn.Fr} lignes") : new Bilingual("", "");
        _strengths = strengths;
        _seed = seed;
        _threads = threads;
        Settings =
        [
            .. strengths.Select((strength, variant) => new LearnerSetting(
                new Bilingual($"logistic regression, L2 penalty {Wording.Number(strength).En}{of.En}", $"régression logistique, pénalité L2 {Wording.Number(strength).Fr}{of.Fr}"), variant)),
            .. strengths.Select((strength, variant) => new LearnerSetting(
                new Bilingual($"logistic regression with bends, L2 penalty {Wording.Number(strength).En}{of.En}", $"régression logistique par morceaux, pénalité L2 {Wording.Number(strength).Fr}{of.Fr}"), strengths.Length + variant)),
        ];
    }

    public string Name => Key;

    public IReadOnlyList<LearnerSetting> Settings { get; }

    public double[][]? Judge(Table train, bool[] positive, Table held, UsedColumns used, CancellationToken cancellationToken)
    {
        (train, positive) = Draw(train, positive);
        if (LinearDesign.Fit(train, positive, used, _seed, _threads, cancellationToken) is not var (bent, rows))
            return null;
        var judged = bent.Apply(held, _threads, cancellationToken);
        var (straight, straightRows) = bent.Straight(rows);
        var straightJudged = straight.Straighten(judged);
        var odds = _strengths.Select(strength => Fit(straight, straightRows, positive, strength, cancellationToken).LogOdds(straightJudged)).ToList();
        // Without a measure there is nothing to bend.
        odds.AddRange(bent.HasBends ? _strengths.Select(strength => Fit(bent, rows, positive, strength, cancellationToken).LogOdds(judged)) : odds.ToList());
        return [.. odds];
    }

    public Scorer Fit(Table train, bool[] positive, UsedColumns used, int setting, CancellationToken cancellationToken)
    {
        (train, positive) = Draw(train, positive);
        var (design, rows) = LinearDesign.Fit(train, positive, used, _seed, _threads, cancellationToken)
            ?? throw new InvalidOperationException("No column is left to learn from.");
        if (setting < _strengths.Length)
            (design, rows) = design.Straight(rows);
        return Fit(design, rows, positive, _strengths[setting % _strengths.Length], cancellationToken);
    }

    /// <summary>At most so many rows, with their shares of both classes.</summary>
    private (Table Table, bool[] Positive) Draw(Table table, bool[] positive)
    {
        if (table.Rows <= MostRows)
            return (table, positive);
        // Tenths of a draw come as near to the limit as need be.
        var dealt = StratifiedFolds.Of(positive, (int)Math.Ceiling(10.0 * table.Rows / MostRows), _seed).FoldOf();
        var taken = new List<int>(MostRows);
        for (var row = 0; row < table.Rows; row++)
        {
            if (dealt[row] < 10)
                taken.Add(row);
        }

        int[] rows = [.. taken];
        return (table.Take(rows), TableRows.Take(positive, rows));
    }

    private LinearScorer Fit(LinearDesign design, Matrix rows, bool[] positive, double strength, CancellationToken cancellationToken) =>
        new(design, LogisticRegression.Fit(rows, positive, new LogisticOptions { L2 = strength, Threads = _threads }, default, cancellationToken));
}
