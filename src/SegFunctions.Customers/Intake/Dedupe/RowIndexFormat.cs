namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>The blob of row hashes beside an upload's rows, all numbers little-endian.</summary>
/// <remarks>
/// 8 bytes magic and version · 257 × 8 bytes: number of hashes before bucket 0 … 255, and in all · the hashes, 8 bytes each, ascending
/// within their bucket.
/// </remarks>
internal static class RowIndexFormat
{
    public const int Buckets = 256;

    public const int HeaderLength = 8 + ((Buckets + 1) * 8);

    public static ReadOnlySpan<byte> Magic => "SEGROWS1"u8;
}
