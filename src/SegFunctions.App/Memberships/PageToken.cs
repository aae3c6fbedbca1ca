using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SegFunctions.Customers;

namespace SegFunctions.App.Memberships;

/// <summary>Where a listing of members goes on: after this member, as this run has it.</summary>
/// <param name="Segment">A token belongs to one listing: with another segment it is refused.</param>
/// <param name="Run">Pages of one listing all show the same run, also when readers are switched in between.</param>
/// <param name="After">The last member that was shown.</param>
internal readonly record struct PageToken(string Segment, long Run, CustomerKey After)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{Segment}|{Run}|{After}")));

    /// <summary>Reads what <see cref="ToString"/> wrote for <paramref name="segment"/>; anything else is refused.</summary>
    public static bool TryParse(string text, string segment, out PageToken token)
    {
        token = default;
        if (!Base64Url.IsValid(text))
            return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        if (parts is not ["1", var owner, var run, var after]
            || owner != segment
            || !long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || !CustomerKey.TryParse(after, out var key))
        {
            return false;
        }

        token = new PageToken(segment, sequence, key);
        return true;
    }
}
