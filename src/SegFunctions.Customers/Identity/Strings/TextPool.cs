using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Strings;

/// <summary>Distinct normalised texts, each with a number; compared by number when equal and by bytes when not.</summary>
/// <remarks>A letter is a byte: ASCII as it is, letters of other scripts by seven bits of their code, which is enough to compare names.</remarks>
internal sealed class TextPool
{
    private readonly Dictionary<ulong, int> _codeOf = [];
    private byte[] _bytes = new byte[1024];
    private int[] _starts = new int[64];
    private byte[] _lengths = new byte[64];
    private ulong[] _hashes = new ulong[64];
    private int _used;

    public int Count { get; private set; }

    /// <summary>The text of a number; at most 64 bytes.</summary>
    public ReadOnlySpan<byte> this[int code] => _bytes.AsSpan(_starts[code], _lengths[code]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Length(int code) => _lengths[code];

    /// <summary>First byte of a text; 64 bytes from there are readable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Start(int code) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _starts[code]);

    /// <summary>The same for the same text in every pool, on every machine.</summary>
    public ulong Hash(int code) => _hashes[code];

    /// <summary>The number of a text; −1 for an empty one.</summary>
    public int Add(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Math.Min(text.Length, EqualBytes.Longest)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = text[i] < 128 ? (byte)text[i] : (byte)(128 | (((text[i] * 0x9E3779B1u) >> 16) & 127));
        // What is cut off still tells texts apart.
        return Add(bytes, text.Length > bytes.Length ? ByteHash.Hash64(MemoryMarshal.AsBytes(text[bytes.Length..])) : 0);
    }

    /// <summary>The number of a text of at most 64 bytes; −1 for an empty one.</summary>
    public int Add(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        if (bytes.IsEmpty)
            return -1;
        var hash = ByteHash.Hash64(bytes, seed);
        for (var probe = hash; ; probe++)
        {
            if (!_codeOf.TryGetValue(probe, out var code))
                return Append(bytes, hash, probe);
            if (_hashes[code] == hash && this[code].SequenceEqual(bytes))
                return code;
        }
    }

    /// <summary>The longer distance that two texts may have to count as a slip: none below four letters, one below eight, else two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Slip(int leftLength, int rightLength) => Math.Min(leftLength, rightLength) switch
    {
        < 4 => 0,
        < 8 => 1,
        _ => 2,
    };

    public double Similarity(int left, int right) => JaroWinkler.Similarity(ref Start(left), _lengths[left], ref Start(right), _lengths[right]);

    /// <summary>The edit distance, or something larger than <paramref name="most"/>.</summary>
    public int Distance(int left, int right, int most) => Math.Abs(_lengths[left] - _lengths[right]) > most
        ? most + 1
        : EditDistance.Between(ref Start(left), _lengths[left], ref Start(right), _lengths[right]);

    private int Append(ReadOnlySpan<byte> bytes, ulong hash, ulong probe)
    {
        if (_used + (2 * EqualBytes.Longest) > _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        bytes.CopyTo(_bytes.AsSpan(_used));
        _starts[Count] = _used;
        _lengths[Count] = (byte)bytes.Length;
        _hashes[Count] = hash;
        _used += bytes.Length;
        _codeOf.Add(probe, Count);
        return Count++;
    }
}
