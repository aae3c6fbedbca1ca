using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Short texts that stand in many rows of a file, by the place of their field: packed rows name them by a number. Any number of threads may add; words are never taken away.</summary>
internal sealed class FrequentWords
{
    /// <summary>Places of a line's fields that have words; later ones have none.</summary>
    public const int Places = 64;

    /// <summary>Most words of a place.</summary>
    public const int MostWords = 126;

    // A place has words of its own once it has one.
    private static readonly Word[] None = new Word[MostWords];

    private readonly Lock _adding = new();
    private readonly Word[][] _words = [.. Enumerable.Repeat(None, Places)];
    private readonly int[] _counts = new int[Places];

    /// <summary>The number of a word, which is added while there is room; −1 when there is none.</summary>
    public int NumberOf(int place, Word word)
    {
        // A place that is full does not change any more.
        if (Volatile.Read(ref _counts[place]) == MostWords)
            return _words[place].AsSpan().IndexOf(word);
        lock (_adding)
        {
            var words = _words[place] == None ? _words[place] = new Word[MostWords] : _words[place];
            var known = words.AsSpan(0, _counts[place]).IndexOf(word);
            if (known >= 0 || _counts[place] == MostWords)
                return known;
            words[_counts[place]] = word;
            return Interlocked.Increment(ref _counts[place]) - 1;
        }
    }

    /// <summary>The word that has a number; an empty one where none has.</summary>
    public ref readonly Word this[int place, int number] => ref _words[place][number];
}

/// <summary>A text of 1 to <see cref="Longest"/> bytes.</summary>
/// <param name="Start">Its first eight bytes, zeros where it is shorter.</param>
/// <param name="End">The rest of it.</param>
internal readonly record struct Word(ulong Start, ulong End, int Length)
{
    public const int Longest = 16;

    public int Hash => (int)(((Start * 0x9E3779B97F4A7C15) ^ (End * 0xC2B2AE3D27D4EB4F)) >> 40);

    public static Word Of(ReadOnlySpan<byte> text)
    {
        // Two pieces that overlap hold any length; what they share is equal.
        var length = text.Length;
        if (length >= 8)
            return new Word(Read<ulong>(text, 0), length == 8 ? 0 : Read<ulong>(text, length - 8) >> (8 * (Longest - length)), length);
        if (length >= 4)
            return new Word(Read<uint>(text, 0) | (ulong)Read<uint>(text, length - 4) << (8 * (length - 4)), 0, length);
        return new Word(text[0] | (ulong)text[length >> 1] << (8 * (length >> 1)) | (ulong)text[length - 1] << (8 * (length - 1)), 0, length);
    }

    /// <summary>Writes <see cref="Longest"/> bytes, those of the word first.</summary>
    public void WriteTo(ref byte target)
    {
        Unsafe.WriteUnaligned(ref target, Start);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 8), End);
    }

    private static T Read<T>(ReadOnlySpan<byte> text, int at)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at));
}
