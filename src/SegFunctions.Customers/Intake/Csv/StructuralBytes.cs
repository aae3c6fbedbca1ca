using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Walks over the bytes that decide where fields end: delimiters, quotes, CR and LF.</summary>
/// <remarks>
/// Compares 64 bytes at a time, in vectors as wide as the processor has, and keeps the hits as one bit a byte; the idea of
/// Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (VLDB Journal, 2019), section 3.1.
/// </remarks>
internal ref struct StructuralBytes
{
    private const int Width = 64;

    private readonly ref byte _text;
    private readonly int _end;
    private readonly byte _delimiter;
    private readonly byte _secondDelimiter;
    private ulong _hits;
    private int _at;

    /// <param name="block">Must be readable for 64 bytes from every position before <paramref name="end"/>.</param>
    /// <param name="secondDelimiter">Another delimiter, or the same once more.</param>
    public StructuralBytes(byte[] block, int start, int end, byte delimiter, byte secondDelimiter)
    {
        Debug.Assert(start >= 0 && end <= block.Length - Width, "the block needs 64 bytes of padding");
        _text = ref MemoryMarshal.GetArrayDataReference(block);
        _end = end;
        _delimiter = delimiter;
        _secondDelimiter = secondDelimiter;
        _at = start;
        _hits = start < end ? Hits() : 0;
    }

    /// <summary>Position of the next structural byte, or the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        while (_hits == 0)
        {
            if (_at >= _end - Width)
                return _end;
            _at += Width;
            _hits = Hits();
        }

        var position = _at + BitOperations.TrailingZeroCount(_hits);
        _hits &= _hits - 1;
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Hits()
    {
        ulong hits;
        if (Vector512.IsHardwareAccelerated)
        {
            var text = Vector512.LoadUnsafe(ref _text, (nuint)_at);
            hits = (Vector512.Equals(text, Vector512.Create(_delimiter))
                | Vector512.Equals(text, Vector512.Create(_secondDelimiter))
                | Vector512.Equals(text, Vector512.Create((byte)'"'))
                | Vector512.Equals(text, Vector512.Create((byte)'\n'))
                | Vector512.Equals(text, Vector512.Create((byte)'\r'))).ExtractMostSignificantBits();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            hits = Hits256(_at) | (ulong)Hits256(_at + 32) << 32;
        }
        else
        {
            // Vector128 runs everywhere; where the processor has no vectors, .NET does its operations one by one.
            hits = Hits128(_at) | (ulong)Hits128(_at + 16) << 16 | (ulong)Hits128(_at + 32) << 32 | (ulong)Hits128(_at + 48) << 48;
        }

        var left = _end - _at;
        return left >= Width ? hits : hits & ((1UL << left) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Hits256(int at)
    {
        var text = Vector256.LoadUnsafe(ref _text, (nuint)at);
        return (Vector256.Equals(text, Vector256.Create(_delimiter))
            | Vector256.Equals(text, Vector256.Create(_secondDelimiter))
            | Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\n'))
            | Vector256.Equals(text, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Hits128(int at)
    {
        var text = Vector128.LoadUnsafe(ref _text, (nuint)at);
        return (Vector128.Equals(text, Vector128.Create(_delimiter))
            | Vector128.Equals(text, Vector128.Create(_secondDelimiter))
            | Vector128.Equals(text, Vector128.Create((byte)'"'))
            | Vector128.Equals(text, Vector128.Create((byte)'\n'))
            | Vector128.Equals(text, Vector128.Create((byte)'\r'))).ExtractMostSignificantBits();
    }
}
