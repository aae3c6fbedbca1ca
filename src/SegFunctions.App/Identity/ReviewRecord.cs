using SegFunctions.Customers;
using SegFunctions.Customers.Identity.Linking;

namespace SegFunctions.App.Identity;

/// <summary>Two customers that may be one, or that a human decided about.</summary>
/// <param name="Left">The smaller key.</param>
/// <param name="Link">What speaks for it and against it; null for a decision that nobody was asked for.</param>
/// <param name="Reason">Why it was left to a human; null likewise.</param>
/// <param name="Run">The run that asked first.</param>
internal sealed record ReviewRecord(
    CustomerKey Left, CustomerKey Right, ReviewStatus Status, StoredLink? Link, ReviewReason? Reason, string? Run, DateTimeOffset Since, DateTimeOffset? DecidedAt, string? DecidedBy)
{
    public string Id => IdOf(Left, Right);

    public static string IdOf(CustomerKey one, CustomerKey other) => one < other ? $"{one}-{other}" : $"{other}-{one}";

    /// <summary>Reads an id; false for anything else.</summary>
    public static bool TryParse(string id, out CustomerKey left, out CustomerKey right)
    {
        right = default;
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return CustomerKey.TryParse(id[..Math.Max(0, dash)], out left) && CustomerKey.TryParse(id[(dash + 1)..], out right) && left < right;
    }
}

/// <summary>How a review stands.</summary>
internal enum ReviewStatus
{
    Open,
    Accepted,
    Rejected,
}
