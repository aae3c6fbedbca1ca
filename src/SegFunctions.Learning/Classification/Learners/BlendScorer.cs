using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>The weighted mean of the log-odds of two learners.</summary>
internal sealed class BlendScorer(Scorer first, Scorer second, double secondShare) : Scorer
{
    public override double BaseLogOdds => Mix(first.BaseLogOdds, second.BaseLogOdds);

    public Scorer First => first;

    public Scorer Second => second;

    public double SecondShare => secondShare;

    public override double[] LogOdds(Table table, int? threads, CancellationToken cancellationToken)
    {
        var one = first.LogOdds(table, threads, cancellationToken);
        var other = second.LogOdds(table, threads, cancellationToken);
        for (var row = 0; row < one.Length; row++)
            one[row] = Mix(one[row], other[row]);
        return one;
    }

    public override void AddContributions(Table table, double weight, double[] target, int? threads, CancellationToken cancellationToken)
    {
        first.AddContributions(table, weight * (1 - secondShare), target, threads, cancellationToken);
        second.AddContributions(table, weight * secondShare, target, threads, cancellationToken);
    }

    public override double LogOdds(ReadOnlySpan<double> row) => Mix(first.LogOdds(row), second.LogOdds(row));

    public override void AddContributions(ReadOnlySpan<double> row, double weight, Span<double> target)
    {
        first.AddContributions(row, weight * (1 - secondShare), target);
        second.AddContributions(row, weight * secondShare, target);
    }

    public override void Save(Stream stream)
    {
        first.Save(stream);
        second.Save(stream);
    }

    private double Mix(double one, double other) => Mix(one, other, secondShare);

    public static double Mix(double one, double other, double share) => ((1 - share) * one) + (share * other);
}
