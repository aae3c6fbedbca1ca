namespace SegFunctions.App.Memberships;

/// <summary>The outcome of asking for the one place for a working run.</summary>
internal abstract record RunPlace
{
    private RunPlace()
    {
    }

    /// <summary>The run holds the place, under this number.</summary>
    public sealed record Taken(long Sequence) : RunPlace;

    /// <summary>Another run is working.</summary>
    public sealed record Occupied(string RunId) : RunPlace;
}
