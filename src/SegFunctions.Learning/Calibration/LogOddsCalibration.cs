using System.Text.Json.Nodes;
using SegFunctions.Learning.Linear;

namespace SegFunctions.Learning.Calibration;

/// <summary>No calibration: scores are log-odds and are believed as they are, p = 1 / (1 + exp(−score)).</summary>
public sealed class LogOddsCalibration : ProbabilityCalibration
{
    internal const string Kind = "log-odds";

    public override double Apply(double score) => Logistic.Probability(score);

    public override void Save(Stream stream) => ModelFile.Write(stream, Kind, 1, new JsonObject());
}
