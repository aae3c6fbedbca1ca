namespace SegFunctions.App.Refresh;

/// <summary>The outcome of asking for a refresh.</summary>
internal abstract record RefreshStart
{
    private RefreshStart()
    {
    }

    public sealed record Started(string RunId) : RefreshStart;

    /// <summary>A run is working already; it was not disturbed.</summary>
    public sealed record Busy(string RunId) : RefreshStart;
}
