using System.Buffers.Text;
using System.Text;

namespace SegFunctions.App.Memberships;

/// <summary>Where a listing of members goes on: after this member, as this run has it.</summary>
/// <param name="Run">Pages of one listing all show the same run, also when readers are switched in between.</param>
/// <param name="Shard">Shard of the last member that was shown.</param>
/// <param name="After">Key of the last member that was shown.</param>
internal readonly record struct PageToken(long Run, string Shard, string After)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"1|{Run}|{Shard}|{After}"));

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is refused.</summary>
    public static bool TryParse(string text, out PageToken token)
    {
        token = default;
        if (!Base64Url.IsValid(text))
            return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        if (parts is not ["1", var run, { Length: 2 } shard, var after]
            || !long.TryParse(run, out var sequence)
            || !Customers.CustomerKey.TryParse(after, out _)
            || shard.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        token = new PageToken(sequence, shard, after);
        return true;
    }
}
