using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Gives back the lines that <see cref="RowPacking"/> packed. For one thread.</summary>
internal sealed class RowUnpacking(FrequentWords words)
{
    private readonly byte[] _key = new byte[RowPacking.Slack];
    private UInt128 _keyValue;
    private bool _hasKey;

    /// <summary>Writes a line with its line end.</summary>
    /// <param name="packed">The packed line, and <see cref="RowPacking.Slack"/> bytes behind it.</param>
    /// <param name="bucket">Of the row: the first byte of its key.</param>
    /// <param name="fields">How many fields the line has.</param>
    /// <param name="target">Room for the line, and for as many bytes behind it.</param>
    /// <exception cref="InvalidDataException">What was packed is not what the mark tells.</exception>
    public void Unpack(ReadOnlySpan<byte> packed, byte bucket, in RowMark mark, int fields, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packed.Length, mark.PackedLength + RowPacking.Slack);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, mark.LineLength + RowPacking.Slack);
        ref var source = ref MemoryMarshal.GetReference(packed);
        ref var line = ref MemoryMarshal.GetReference(target);
        var from = RowPacking.BitsLength(fields);
        var to = 0;
        if (mark.Customer != 0 && (source & 1) == 0)
        {
            WriteKey(bucket, mark.Customer, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, from)) << 8 >> 8, ref line);
            from += RowPacking.KeyTail;
            to = CustomerKey.TextLength;
        }

        // Commas wait until the next field that is given: most come several at once.
        var last = 0;
        for (var block = 0; block < fields; block += 64)
        {
            for (var given = GivenOf(ref source, block, fields); given != 0; given &= given - 1)
            {
                var field = block + BitOperations.TrailingZeroCount(given);
                if (to + field - last >= mark.LineLength || from >= mark.PackedLength)
                    throw Damaged();
                RowPacking.WriteCommas(ref Unsafe.Add(ref line, to), field - last);
                to += field - last;
                last = field;
                var (taken, written) = UnpackField(field, ref Unsafe.Add(ref source, from), ref Unsafe.Add(ref line, to), mark.LineLength - to);
                from += taken;
                to += written;
            }
        }

        if (to + fields - last != mark.LineLength || from != mark.PackedLength)
            throw Damaged();
        RowPacking.WriteCommas(ref Unsafe.Add(ref line, to), fields - 1 - last);
        Unsafe.Add(ref line, to + fields - 1 - last) = (byte)'\n';
    }

    /// <summary>A bit for each of the fields from one on that is given.</summary>
    private static ulong GivenOf(ref byte source, int block, int fields)
    {
        var given = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, block >> 3));
        return fields - block >= 64 ? given : given & ((1UL << (fields - block)) - 1);
    }

    /// <summary>Writes a field; returns how many bytes were packed, and how many it has.</summary>
    /// <param name="room">Bytes left in the line.</param>
    private (int Taken, int Written) UnpackField(int field, ref byte packed, ref byte target, int room)
    {
        int kind = packed;
        packed = ref Unsafe.Add(ref packed, 1);
        if (kind <= Word.Longest)
        {
            Unsafe.CopyBlockUnaligned(ref target, ref packed, Word.Longest);
            return (1 + kind, kind);
        }

        if (kind is >= RowPacking.FirstWord and < RowPacking.Moment)
        {
            ref readonly var word = ref words[field, kind - RowPacking.FirstWord];
            word.WriteTo(ref target);
            return (1, word.Length);
        }

        if (kind == RowPacking.Moment)
        {
            PackedMoment.Unpack(ref packed, ref target);
            return (1 + RowPacking.MomentLength, CanonicalTime.ShortLength);
        }

        var (head, length) = kind < RowPacking.LongText ? (1, kind) : (1 + sizeof(int), Unsafe.ReadUnaligned<int>(ref packed));
        if (length < 0 || length >= room)
            throw Damaged();
        Unsafe.CopyBlockUnaligned(ref target, ref Unsafe.Add(ref packed, head - 1), (uint)length);
        return (head + length, length);
    }

    private void WriteKey(byte bucket, ulong customer, ulong tail, ref byte line)
    {
        // Rows come customer by customer.
        var value = (UInt128)bucket << 120 | (UInt128)customer << 56 | tail;
        if (!_hasKey || value != _keyValue)
        {
            new CustomerKey(value).Format(_key);
            (_keyValue, _hasKey) = (value, true);
        }

        Unsafe.CopyBlockUnaligned(ref line, ref _key[0], RowPacking.Slack);
    }

    private static InvalidDataException Damaged() => new("A row that waited to be settled is not what it was. Take the file in again.");
}
