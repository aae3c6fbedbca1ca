using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics.X86;

namespace SegFunctions.Customers;

/// <summary>A customer's pseudonym: 16 bytes of an HMAC, written as 26 characters of lower-case base32 (RFC 4648, no padding).</summary>
/// <remarks>Keys order by their bytes; lake partitions and table shards are prefixes of them.</remarks>
public readonly record struct CustomerKey(UInt128 Value) : IComparable<CustomerKey>
{
    /// <summary>Characters of the text form.</summary>
    public const int TextLength = 26;

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
        // 26 digits of 5 bits hold 130 bits: three times eight digits, then two that carry the lowest byte, shifted up by two.
        var high = (ulong)(Value >> 64);
        var low = (ulong)Value;
        BinaryPrimitives.WriteUInt64BigEndian(destination, Letters(high >> 24));
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Letters(high << 16 | low >> 48));
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], Letters(low >> 8));
        BinaryPrimitives.WriteUInt16BigEndian(destination[24..], (ushort)Letters(low << 2));
    }

    /// <summary>The lowest eight digits as letters, the lowest in the lowest byte.</summary>
    private static ulong Letters(ulong digits)
    {
        const ulong Ones = 0x0101010101010101;
        var spread = Spread(digits);

        // From 26 on digits are written 2 to 7; adding 102 makes their highest bit tell so.
        var isNumeral = (spread + (102 * Ones)) >> 7 & Ones;
        return spread + ('a' * Ones) - (isNumeral * ('a' - '2' + 26));
    }

    /// <summary>Each of the lowest eight digits in a byte of its own.</summary>
    private static ulong Spread(ulong digits)
    {
        const ulong EachByte = 0x1F1F1F1F1F1F1F1F;
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitDeposit(digits, EachByte);
        var spread = 0UL;
        for (var place = 0; place < 8; place++)
            spread |= (digits >> (5 * place) & 31) << (8 * place);
        return spread;
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
