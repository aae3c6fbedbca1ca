namespace SegFunctions.App.Refresh;

/// <summary>What a refresh is asked for.</summary>
/// <param name="RunId">The run, and the orchestration that carries it out.</param>
/// <param name="Sequence">The run's number; versions of published rows carry it.</param>
/// <param name="Trigger"><c>http</c>, <c>timer</c> or <c>upload</c>.</param>
/// <param name="StartedAt">Begin of the run, and of the memberships that it finds; UTC.</param>
/// <param name="AsOf">Look at the data as of this moment; null leaves it to the rule.</param>
/// <param name="Seed">Seed of everything random.</param>
internal sealed record RefreshInput(
    string RunId, long Sequence, string Trigger, DateTimeOffset StartedAt, DateTimeOffset? AsOf, int Seed);
