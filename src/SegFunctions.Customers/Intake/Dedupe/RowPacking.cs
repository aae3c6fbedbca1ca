using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>Writes lines field by field, and packs them for as long as they wait to be settled: a third of their length. For one thread.</summary>
/// <remarks>
/// <para>A packed line has a bit for each field that is given; then the last seven bytes of the customer key, whose others its bucket and its mark know; then the fields that are given. A
/// field is one byte of these, and what that calls for:</para>
/// <list type="bullet">
/// <item>1 to 126: a text of so many bytes, as CSV, which follows;</item>
/// <item>127: a longer one, after its length in four bytes;</item>
/// <item>128 to 253: the word with that number, less 128, of <see cref="FrequentWords"/>;</item>
/// <item>254: a moment of whole seconds, in five bytes.</item>
/// </list>
/// <para>Which words have a number depends on who came first: the same line may be packed in two ways. <see cref="RowUnpacking"/> gives the same line back.</para>
/// </remarks>
internal sealed class RowPacking(FrequentWords words)
{
    public const int LongText = 127;
    public const int FirstWord = 128;
    public const int Moment = 254;

    /// <summary>Bytes of the key that neither bucket nor mark know.</summary>
    public const int KeyTail = 7;

    /// <summary>Bytes of a moment.</summary>
    public const int MomentLength = 5;

    /// <summary>Bytes behind a line, packed or not, that may be read or written with it.</summary>
    public const int Slack = 32;

    private readonly WordNumbers?[] _numbers = new WordNumbers?[FrequentWords.Places];
    private byte[] _line = new byte[1024];
    private int _length;
    private byte[] _packed = new byte[1024];
    private int _packedLength;
    private ulong _given;
    private int _fields;
    private int _last;
    private int _lastStart;

    /// <summary>The line as far as it is written.</summary>
    public ReadOnlySpan<byte> Line => _line.AsSpan(0, _length);

    /// <summary>The field that was added last.</summary>
    public ReadOnlySpan<byte> LastField => _line.AsSpan(_lastStart, _length - _lastStart);

    /// <summary>The packed line, once it has ended.</summary>
    public ReadOnlySpan<byte> Packed => _packed.AsSpan(0, _packedLength);

    /// <summary>Bytes in which the bits of so many fields stand.</summary>
    public static int BitsLength(int fields) => (fields + 7) >> 3;

    /// <summary>Begins a line with its first field, the key.</summary>
    /// <param name="fields">How many fields the line will have.</param>
    public void Begin(in CustomerKey? key, int fields)
    {
        _length = 0;
        _given = 0;
        _fields = fields;
        _last = 0;
        _packedLength = BitsLength(fields);
        if (_packed.Length < _packedLength + (2 * Slack))
            _packed = new byte[_packedLength + (2 * Slack)];

        // The bits of the first 64 fields are written at the end.
        if (_packedLength > sizeof(ulong))
            _packed.AsSpan(sizeof(ulong), _packedLength - sizeof(ulong)).Clear();
        if (key is not { } known)
            return;
        if (!RowMark.IsExact(known))
        {
            Span<byte> text = stackalloc byte[CustomerKey.TextLength];
            known.Format(text);
            Add(0, text);
            return;
        }

        known.Format(_line);
        _length = CustomerKey.TextLength;
        Unsafe.WriteUnaligned(ref _packed[_packedLength], (ulong)known.Value << 8 >> 8);
        _packedLength += KeyTail;
    }

    /// <summary>Adds a field that is given. Fields come in the order of their places.</summary>
    /// <param name="csv">As it stands in the line, quotes included; at least one byte.</param>
    public void Add(int place, ReadOnlySpan<byte> csv)
    {
        if (csv.Length <= Word.Longest)
        {
            var word = Word.Of(csv);
            Add(place, word, NumberOf(place, word));
            return;
        }

        _lastStart = Comma(place, csv.Length);
        csv.CopyTo(_line.AsSpan(_lastStart));
        _length = _lastStart + csv.Length;
        Mark(place);
        _packedLength += Pack(csv, ref RoomFor(csv.Length));
    }

    /// <summary>Adds a text that needs no quotes, if that is known because it came before.</summary>
    /// <param name="found">The word that it is.</param>
    public bool TryAddKnown(int place, ReadOnlySpan<byte> text, out NumberedWord found)
    {
        found = default;

        // Words with a quote or an apostrophe in front stand for texts that were given it.
        if (text.Length > Word.Longest || text[0] is (byte)'"' or (byte)'\'' || place >= FrequentWords.Places || _numbers[place] is not { IsOff: false } numbers)
            return false;
        var word = Word.Of(text);
        var number = numbers.Find(word);
        if (number < 0)
            return false;
        found = new NumberedWord(place, word, number);
        Add(found);
        return true;
    }

    /// <summary>Adds a word that was found before.</summary>
    public void Add(in NumberedWord known) => Add(known.Place, known.Word, known.Number);

    /// <summary>Writes the commas before a field.</summary>
    public void SkipTo(int place) => _length = Comma(place, 0);

    /// <summary>Ends the line.</summary>
    public void End()
    {
        _length = Comma(_fields - 1, 1);
        _line[_length++] = (byte)'\n';
        for (var at = 0; at < Math.Min(BitsLength(_fields), sizeof(ulong)); at++)
            _packed[at] = (byte)(_given >> (8 * at));
    }

    /// <summary>Copies the packed line, and writes over as many bytes behind it as the slack has.</summary>
    public void CopyTo(ref byte target)
    {
        ref var packed = ref MemoryMarshal.GetArrayDataReference(_packed);
        for (var copied = 0; copied < _packedLength; copied += Vector256<byte>.Count)
            Vector256.LoadUnsafe(ref packed, (nuint)copied).StoreUnsafe(ref target, (nuint)copied);
    }

    /// <summary>Writes commas, and over some of the bytes behind them.</summary>
    public static void WriteCommas(ref byte target, int count)
    {
        const ulong Eight = 0x2C2C2C2C2C2C2C2C;
        for (var written = 0; written < count; written += sizeof(ulong))
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, written), Eight);
    }

    // A line's length is read and written once for a field: each time waits for the last.
    private void Add(int place, in Word word, int number)
    {
        var at = Comma(place, Word.Longest);
        word.WriteTo(ref _line[at]);
        _lastStart = at;
        _length = at + word.Length;
        Mark(place);
        ref var packed = ref RoomFor(Word.Longest);
        if (number >= 0)
        {
            packed = (byte)(FirstWord + number);
            _packedLength++;
            return;
        }

        packed = (byte)word.Length;
        word.WriteTo(ref Unsafe.Add(ref packed, 1));
        _packedLength += 1 + word.Length;
    }

    /// <summary>The end of the packed line, with room for a field of that length behind it, for what stands before a field, and for the slack.</summary>
    private ref byte RoomFor(int length)
    {
        if (_packed.Length - _packedLength < length + (2 * Slack))
            Array.Resize(ref _packed, Math.Max(2 * _packed.Length, _packedLength + length + (2 * Slack)));
        return ref _packed[_packedLength];
    }

    /// <summary>Writes the commas before a field and makes room for it; returns where it begins.</summary>
    private int Comma(int place, int length)
    {
        var commas = place - _last;
        var at = _length;
        if (_line.Length - at < commas + length + Slack)
            Array.Resize(ref _line, Math.Max(2 * _line.Length, at + commas + length + Slack));
        WriteCommas(ref _line[at], commas);
        _last = place;
        return at + commas;
    }

    /// <summary>The field is given.</summary>
    private void Mark(int place)
    {
        if (place < 64)
            _given |= 1UL << place;
        else
            _packed[place >> 3] |= (byte)(1 << (place & 7));
    }

    /// <summary>The number of a word that needs none to be looked for first; −1 without one.</summary>
    private int NumberOf(int place, in Word word)
    {
        if (place >= FrequentWords.Places)
            return -1;
        var numbers = _numbers[place] ??= new WordNumbers(words, place);
        var number = numbers.Find(word);
        return number >= 0 ? number : numbers.Add(word);
    }

    /// <summary>Packs a text that is longer than words are, and returns how many bytes that took.</summary>
    private static int Pack(ReadOnlySpan<byte> csv, ref byte packed)
    {
        ref var text = ref MemoryMarshal.GetReference(csv);
        if (csv.Length == CanonicalTime.ShortLength && PackedMoment.TryPack(ref text, ref Unsafe.Add(ref packed, 1)))
        {
            packed = Moment;
            return 1 + MomentLength;
        }

        var head = 1;
        packed = (byte)csv.Length;
        if (csv.Length >= LongText)
        {
            packed = LongText;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref packed, 1), csv.Length);
            head += sizeof(int);
        }

        Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref packed, head), ref text, (uint)csv.Length);
        return head + csv.Length;
    }

    /// <summary>Numbers of one place's words that this thread has met.</summary>
    private sealed class WordNumbers(FrequentWords words, int place)
    {
        private const int Slots = 256;
        private const int Trial = 4096;

        private readonly (Word Word, int Number)[] _slots = new (Word, int)[Slots];
        private int _new;
        private int _found;

        /// <summary>Most values of the place are new: none is looked for.</summary>
        public bool IsOff { get; private set; }

        /// <summary>−1 for a word that is not known to have a number.</summary>
        public int Find(in Word word)
        {
            if (IsOff)
                return -1;
            for (var slot = word.Hash & (Slots - 1); _slots[slot].Word.Length > 0; slot = (slot + 1) & (Slots - 1))
            {
                if (_slots[slot].Word == word)
                {
                    _found++;
                    return _slots[slot].Number;
                }
            }

            return -1;
        }

        /// <summary>Has a word that was not found numbered; −1 when it gets no number.</summary>
        public int Add(in Word word)
        {
            if (IsOff)
                return -1;

            // Where most values are new, as ids and amounts are, it is not worth to look.
            if (++_new == Trial)
            {
                IsOff = _found < Trial;
                (_new, _found) = (0, 0);
            }

            var number = words.NumberOf(place, word);
            if (number < 0)
                return number;

            // At most half of the slots are ever taken, for there are no more words.
            var slot = word.Hash & (Slots - 1);
            while (_slots[slot].Word.Length > 0)
                slot = (slot + 1) & (Slots - 1);
            _slots[slot] = (word, number);
            return number;
        }
    }
}
