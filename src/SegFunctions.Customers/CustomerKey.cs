using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace SegFunctions.Customers;

/// <summary>A customer's pseudonym: 16 bytes of an HMAC, written as 26 characters of lower-case base32 (RFC 4648, no padding).</summary>
/// <remarks>Keys order by their bytes; lake partitions and table shards are prefixes of them.</remarks>
public readonly record struct CustomerKey(UInt128 Value) : IComparable<CustomerKey>
{
    /// <summary>Characters of the text form.</summary>
    public const int TextLength = 26;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Table shard: the first byte as two lower-case hexadecimal digits.</summary>
    public string Shard => FirstByte.ToString("x2");

    /// <summary>The first eight of the key's bits, the longest prefix by which the lake partitions.</summary>
    public byte FirstByte => (byte)(Value >> 120);

    /// <summary>Partition of <paramref name="partitions"/> (a power of two, 1 to 256) that holds this key.</summary>
    public int Partition(int partitions) => FirstByte * partitions >> 8;

    /// <summary>The key whose 16 bytes are <paramref name="bytes"/>, most significant first.</summary>
    public static CustomerKey FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public int CompareTo(CustomerKey other) => Value.CompareTo(other.Value);

    /// <summary>Writes the 26 characters as UTF-8.</summary>
    public void Format(Span<byte> destination)
    {
        // 26 digits of 5 bits hold 130 bits: the last digit carries the 3 lowest bits, shifted up by two; the thirteenth lies across the two halves.
        destination = destination[..TextLength];
        var letters = "abcdefghijklmnopqrstuvwxyz234567"u8;
        var high = (ulong)(Value >> 64);
        var low = (ulong)Value;
        for (var position = 0; position < 12; position++)
            destination[position] = letters[(int)(high >> (59 - (5 * position)) & 31)];
        destination[12] = letters[(int)((high & 15) << 1 | low >> 63)];
        for (var position = 13; position < TextLength - 1; position++)
            destination[position] = letters[(int)(low >> (58 - (5 * (position - 13))) & 31)];
        destination[TextLength - 1] = letters[(int)((low & 7) << 2)];
    }

    public override string ToString() => string.Create(TextLength, this, static (characters, key) =>
    {
        Span<byte> bytes = stackalloc byte[TextLength];
        key.Format(bytes);
        for (var i = 0; i < TextLength; i++)
            characters[i] = (char)bytes[i];
    });

    /// <summary>Reads the text form; only the one spelling that <see cref="ToString"/> writes is accepted.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CustomerKey key)
    {
        key = default;
        if (text.Length != TextLength)
            return false;
        var value = UInt128.Zero;
        for (var position = 0; position < TextLength - 1; position++)
        {
            var digit = Digit(text[position]);
            if (digit < 0)
                return false;
            value = value << 5 | (uint)digit;
        }

        var last = Digit(text[TextLength - 1]);
        if (last < 0 || (last & 3) != 0)
            return false;
        key = new CustomerKey(value << 3 | (uint)(last >> 2));
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out CustomerKey)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out CustomerKey key)
    {
        key = default;
        if (text is not { Length: TextLength })
            return false;
        Span<byte> bytes = stackalloc byte[TextLength];
        for (var i = 0; i < TextLength; i++)
        {
            if (text[i] > 'z')
                return false;
            bytes[i] = (byte)text[i];
        }

        return TryParse(bytes, out key);
    }

    private static int Digit(byte character) => character switch
    {
        >= (byte)'a' and <= (byte)'z' => character - 'a',
        >= (byte)'2' and <= (byte)'7' => character - '2' + 26,
        _ => -1,
    };

    public static bool operator <(CustomerKey left, CustomerKey right) => left.CompareTo(right) < 0;

    public static bool operator >(CustomerKey left, CustomerKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(CustomerKey left, CustomerKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CustomerKey left, CustomerKey right) => left.CompareTo(right) >= 0;
}
