using SegFunctions.Customers.Predictions.Churn;

namespace SegFunctions.Cli.Demo;

/// <summary>The churn prediction in a demo's result.</summary>
/// <param name="Auc">Of the learned model on the test origin; null when nothing could be learned.</param>
/// <param name="BaselineAuc">Of the better baseline there.</param>
/// <param name="Published">Whether the learned model beat the baseline; otherwise the calibrated baseline is served.</param>
/// <param name="Model"><c>logistic</c>, <c>trees</c>, <c>blend</c>, <c>baseline</c> or <c>none</c>.</param>
internal sealed record DemoChurn(double? Auc, double? BaselineAuc, bool Published, string Model, string Reason)
{
    public static DemoChurn? From(ChurnReport? report)
    {
        if (report is null)
            return null;
        return new DemoChurn(report.Logistic?.Auc, report.BetterFigures?.Auc, report.Published, report.Model, report.Reason.En);
    }
}
