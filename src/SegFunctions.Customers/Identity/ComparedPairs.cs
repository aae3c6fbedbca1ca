using System.Text;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity;

/// <summary>What comparing records came to, kept so that the next time only further records are compared.</summary>
/// <remarks>
/// Holds numbers of rows, odds and a fingerprint, and nothing of what the records say. It is good for the very records it was made
/// from, with more behind them, and for the same model and options; for others <see cref="IdentityIndex"/> compares everything anew.
/// </remarks>
public sealed class ComparedPairs
{
    // Counts up whenever comparing changes.
    private const int Version = 1;

    internal ComparedPairs(int rows, RecordChain records, string rules, IReadOnlyList<Link> links, long compared, long expected) =>
        (Rows, Records, Rules, Links, Compared, Expected) = (rows, records, rules, links, compared, expected);

    /// <summary>Records that were compared.</summary>
    public int Rows { get; }

    internal RecordChain Records { get; }

    internal string Rules { get; }

    internal IReadOnlyList<Link> Links { get; }

    internal long Compared { get; }

    internal long Expected { get; }

    private static ReadOnlySpan<byte> Magic => "SEGPAIRS"u8;

    /// <summary>Writes the pairs; <see cref="Load"/> reads them back bit for bit.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Rows);
        writer.Write(Records.High);
        writer.Write(Records.Low);
        writer.Write(Rules);
        writer.Write(Compared);
        writer.Write(Expected);
        writer.Write(Links.Count);
        foreach (var link in Links)
        {
            writer.Write(link.Left);
            writer.Write(link.Right);
            writer.Write(link.Probability);
            writer.Write(link.Bits);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, of another version, or cut short.</exception>
    public static ComparedPairs Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic) || reader.ReadInt32() is not Version)
                throw new InvalidDataException("These are no compared pairs of this version. Compare the records anew.");
            var rows = reader.ReadInt32();
            var records = new RecordChain(reader.ReadUInt64(), reader.ReadUInt64());
            var rules = reader.ReadString();
            var (compared, expected) = (reader.ReadInt64(), reader.ReadInt64());
            var links = new List<Link>();
            for (var left = reader.ReadInt32(); left > 0; left--)
                links.Add(new Link(reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble()));
            return new ComparedPairs(rows, records, rules, links, compared, expected);
        }
        catch (EndOfStreamException cause)
        {
            throw new InvalidDataException("The compared pairs are cut short. Compare the records anew.", cause);
        }
    }
}
