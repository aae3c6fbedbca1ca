using System.Text;
using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>The binary form of purchase histories and of what is learned from them: little-endian, damaged files refused.</summary>
internal static class ItemFile
{
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "SEGITEMS"u8;

    /// <summary>Begins a file.</summary>
    public static BinaryWriter Create(Stream stream)
    {
        var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        return writer;
    }

    /// <summary>Reads a file by <paramref name="read"/>.</summary>
    /// <param name="name">Names the file in errors.</param>
    /// <exception cref="InvalidDataException">Another file, a newer version, or a damaged one.</exception>
    public static T Read<T>(Stream stream, string name, Func<BinaryReader, T> read)
    {
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic) || reader.ReadInt32() is not Version)
                throw new InvalidDataException($"{name} holds no purchases of version {Version}. Make it again by a refresh.");
            return read(reader);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException or OverflowException or DecoderFallbackException)
        {
            throw new InvalidDataException($"{name} is damaged: {exception.Message} Make it again by a refresh.", exception);
        }
    }

    public static void Write(BinaryWriter writer, ReadOnlySpan<int> values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
            writer.Write(value);
    }

    public static int[] ReadIntegers(BinaryReader reader)
    {
        // Grown as the bytes arrive: a damaged length must not allocate what the file does not hold.
        var length = reader.ReadInt32();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var values = new List<int>(Math.Min(length, 1 << 20));
        for (var i = 0; i < length; i++)
            values.Add(reader.ReadInt32());
        return [.. values];
    }

    public static void Write(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
            writer.Write(value);
    }

    public static double[] ReadDoubles(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var values = new List<double>(Math.Min(length, 1 << 20));
        for (var i = 0; i < length; i++)
            values.Add(reader.ReadDouble());
        return [.. values];
    }

    public static void Write(BinaryWriter writer, IReadOnlyList<Item> items)
    {
        writer.Write(items.Count);
        foreach (var item in items)
        {
            writer.Write(item.Key);
            writer.Write(item.Id);
            writer.Write(item.Spellings.Count);
            foreach (var spelling in item.Spellings)
            {
                writer.Write(spelling.Text);
                writer.Write(spelling.Lines);
            }
        }
    }

    public static Item[] ReadItems(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var items = new List<Item>();
        for (var i = 0; i < count; i++)
        {
            var key = reader.ReadUInt64();
            var id = reader.ReadString();
            var spellings = new List<ItemSpelling>();
            for (var left = reader.ReadInt32(); left > 0; left--)
                spellings.Add(new ItemSpelling(reader.ReadString(), reader.ReadInt32()));
            items.Add(new Item(key, id, spellings));
        }

        return [.. items];
    }
}
