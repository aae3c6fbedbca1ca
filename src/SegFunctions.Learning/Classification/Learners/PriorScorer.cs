using System.Text.Json.Nodes;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>The share of positive rows for everybody.</summary>
internal sealed class PriorScorer(double logOdds) : Scorer
{
    private const string Kind = "prior";

    public override double BaseLogOdds => logOdds;

    /// <summary>The share of positive rows; half a row of the absent class where there is one class alone.</summary>
    public static PriorScorer Fit(ReadOnlySpan<bool> positive)
    {
        var positives = 0;
        foreach (var one in positive)
            positives += one ? 1 : 0;
        var negatives = positive.Length - positives;
        return new PriorScorer(Math.Log(Math.Max(positives, 0.5) / Math.Max(negatives, 0.5)));
    }

    public override double[] LogOdds(Table table, int? threads, CancellationToken cancellationToken)
    {
        var odds = new double[table.Rows];
        Array.Fill(odds, logOdds);
        return odds;
    }

    public override void AddContributions(Table table, double weight, double[] target, int? threads, CancellationToken cancellationToken)
    {
        // No column has a say.
    }

    public override double LogOdds(ReadOnlySpan<double> row) => logOdds;

    public override void AddContributions(ReadOnlySpan<double> row, double weight, Span<double> target)
    {
        // No column has a say.
    }

    public override void Save(Stream stream) => ModelFile.Write(stream, Kind, 1, new JsonObject(), ("logOdds", [logOdds]));

    public static PriorScorer Load(Stream stream) => new(ModelFile.Read(stream, Kind, 1).Array("logOdds", 1)[0]);
}
