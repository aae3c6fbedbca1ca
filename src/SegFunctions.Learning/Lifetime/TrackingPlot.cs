namespace SegFunctions.Learning.Lifetime;

/// <summary>Repeat orders of all customers in one step of time, a week mostly.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="Holdout">The step lies in time the fit has not seen.</param>
public sealed record TrackingStep(int Step, double Actual, double Expected, double ActualSoFar, double ExpectedSoFar, bool Holdout);

/// <summary>The tracking plot of Fader, Hardie &amp; Lee (2005, figures 5 and 6): repeat orders of the cohort, expected and actual, step by step and in all.</summary>
public static class TrackingPlot
{
    /// <param name="model">Time in steps.</param>
    /// <param name="firstOrders">Customers whose first order falls on each tick (a day, say); one a tick of the time to plot.</param>
    /// <param name="repeatOrders">Repeat orders of all customers on each tick.</param>
    /// <param name="fitted">Ticks that the fit has seen.</param>
    /// <param name="ticksPerStep">At least 1; 7 for days and a model in weeks. Ticks beyond the last whole step are left out.</param>
    public static IReadOnlyList<TrackingStep> Of(PurchaseModel model, ReadOnlySpan<int> firstOrders, ReadOnlySpan<int> repeatOrders, int fitted, int ticksPerStep)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(ticksPerStep, 1);
        if (repeatOrders.Length != firstOrders.Length)
            throw new ArgumentException($"There are {firstOrders.Length} ticks of first orders and {repeatOrders.Length} of repeat orders.", nameof(repeatOrders));
        var steps = firstOrders.Length / ticksPerStep;
        var sinceFirst = new double[(steps * ticksPerStep) + 1];
        for (var lag = 1; lag < sinceFirst.Length; lag++)
            sinceFirst[lag] = model.ExpectedOrders(PurchaseHistory.New, lag / (double)ticksPerStep);
        var plot = new List<TrackingStep>(steps);
        var (actualSoFar, expectedBefore) = (0.0, 0.0);
        for (var step = 1; step <= steps; step++)
        {
            var end = step * ticksPerStep;
            var actual = 0.0;
            foreach (var count in repeatOrders[(end - ticksPerStep)..end])
                actual += count;
            // From the end of the first order's tick to the end of the step.
            var expected = 0.0;
            for (var tick = 0; tick < end; tick++)
                expected += firstOrders[tick] * sinceFirst[end - 1 - tick];
            actualSoFar += actual;
            plot.Add(new TrackingStep(step, actual, expected - expectedBefore, actualSoFar, expected, end > fitted));
            expectedBefore = expected;
        }

        return plot;
    }
}
