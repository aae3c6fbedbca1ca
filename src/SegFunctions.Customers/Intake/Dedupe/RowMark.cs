using System.Runtime.InteropServices;
using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>What settling must know of an accepted row without reading the row itself: 28 bytes, in memory or in the temporary file only.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct RowMark
{
    private const int KindShift = 30;
    private const uint LengthMask = (1u << KindShift) - 1;

    private readonly ulong _hash;
    private readonly ulong _customer;
    private readonly uint _lengthAndKind;
    private readonly int _packedLength;
    private readonly int _sealedLength;

    /// <param name="hash">Of the row's identity, or of its content.</param>
    /// <param name="customer">Null for a row that names nobody.</param>
    /// <param name="lineLength">Bytes of the row's line, its line end included.</param>
    /// <param name="packedLength">Bytes of the packed line.</param>
    /// <param name="sealedLength">Bytes of its sealed line; 0 without one.</param>
    /// <param name="kind">Of a line of orders.</param>
    public RowMark(ulong hash, in CustomerKey? customer, int lineLength, int packedLength, int sealedLength, OrderLineKind kind)
    {
        _hash = hash;
        _customer = customer is { } key ? Math.Max(1, (ulong)(key.Value >> 56)) : 0;
        _lengthAndKind = (uint)lineLength | (uint)kind << KindShift;
        _packedLength = packedLength;
        _sealedLength = sealedLength;
    }

    public ulong Hash => _hash;

    /// <summary>
    /// The 64 bits of the key that follow the bucket's eight; 0 where there is no customer. Keys are drawn evenly, so that among a hundred million customers
    /// one chance in a million makes two of one bucket agree in them: good enough to count and to order by, not to tell who somebody is.
    /// </summary>
    public ulong Customer => _customer;

    public int SealedLength => _sealedLength;

    public int LineLength => (int)(_lengthAndKind & LengthMask);

    public int PackedLength => _packedLength;

    public OrderLineKind Kind => (OrderLineKind)(_lengthAndKind >> KindShift);

    /// <summary>A mark has these bits of the key as they are: of all but one key in 2⁶⁴.</summary>
    public static bool IsExact(CustomerKey key) => (ulong)(key.Value >> 56) != 0;
}
