namespace SegFunctions.Orchestration.State;

/// <summary>A step whose messages are not known to have left, and when it was committed.</summary>
internal readonly record struct UnsentStep(int Number, DateTimeOffset CommittedOn)
{
    /// <summary><c>number:ticks</c>, separated by commas.</summary>
    public static string Format(IEnumerable<UnsentStep> steps) =>
        string.Join(',', steps.Select(step => $"{step.Number}:{step.CommittedOn.UtcTicks}"));

    public static UnsentStep[] Parse(string? steps) =>
        string.IsNullOrEmpty(steps) ? [] : [.. steps.Split(',').Select(ParseOne)];

    private static UnsentStep ParseOne(string step)
    {
        var colon = step.IndexOf(':');
        return new UnsentStep(int.Parse(step.AsSpan(0, colon)), new DateTimeOffset(long.Parse(step.AsSpan(colon + 1)), TimeSpan.Zero));
    }
}
