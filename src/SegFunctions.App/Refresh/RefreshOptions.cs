namespace SegFunctions.App.Refresh;

/// <summary>When refreshes start by themselves, and what their random parts begin from.</summary>
internal sealed record RefreshOptions
{
    /// <summary>Whether an accepted upload asks for a refresh.</summary>
    public bool AfterUploads { get; init; } = true;

    /// <summary>How long to wait after the last accepted upload; 0 s to 1 h.</summary>
    public TimeSpan QuietPeriod { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Seed of runs that name none.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Order lines that make a feature partition worth having; results do not depend on it.</summary>
    public long LinesPerPartition { get; init; } = 500_000;

    /// <summary>Every fault of these settings, for a start that refuses them all at once.</summary>
    public IEnumerable<string> Faults()
    {
        if (QuietPeriod < TimeSpan.Zero || QuietPeriod > TimeSpan.FromHours(1))
            yield return $"SegFunctions__QuietPeriod is {QuietPeriod}; it is a time span from 00:00:00 to 01:00:00.";
    }
}
