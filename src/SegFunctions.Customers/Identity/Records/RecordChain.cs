using System.Runtime.InteropServices;
using SegFunctions.Customers.Identity.Blocking;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Records;

/// <summary>A fingerprint of records in their order, which further records continue.</summary>
internal readonly record struct RecordChain(ulong High, ulong Low)
{
    private const ulong HighSeed = 0x5E65A1D3;
    private const ulong LowSeed = 0x1D3A7174;

    /// <summary>The fingerprint of what went before and rows of a set.</summary>
    /// <param name="from">First row.</param>
    /// <param name="to">Behind the last.</param>
    public RecordChain With(RecordSet records, int from, int to)
    {
        var columns = new (int[] Codes, ulong[] High, ulong[] Low)[records.Columns.Count];
        for (var column = 0; column < columns.Length; column++)
            columns[column] = (records.Columns[column].Codes, Hashes(records.Columns[column].Levels, HighSeed), Hashes(records.Columns[column].Levels, LowSeed));
        var (high, low) = (High, Low);
        for (var row = from; row < to; row++)
        {
            var id = MemoryMarshal.AsBytes(records.Ids[row].AsSpan());
            high = Key.Mix(high + ByteHash.Hash64(id, HighSeed));
            low = Key.Mix(low + ByteHash.Hash64(id, LowSeed));
            foreach (var (codes, highs, lows) in columns)
            {
                var code = codes[row];
                high = Key.Mix(high + (code < 0 ? 1 : highs[code]));
                low = Key.Mix(low + (code < 0 ? 1 : lows[code]));
            }
        }

        return new RecordChain(high, low);
    }

    private static ulong[] Hashes(IReadOnlyList<string> texts, ulong seed)
    {
        var hashes = new ulong[texts.Count];
        for (var at = 0; at < hashes.Length; at++)
            hashes[at] = ByteHash.Hash64(MemoryMarshal.AsBytes(texts[at].AsSpan()), seed);
        return hashes;
    }
}
