using System.Buffers;
using System.Text;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>Cuts and repairs UTF-8 at the borders of its characters.</summary>
internal static class Utf8Text
{
    /// <summary>Bytes that <see cref="Replace"/> may write for one byte of text.</summary>
    public const int ReplacedLength = 3;

    /// <summary>The longest length up to <paramref name="limit"/> that cuts no character of <paramref name="text"/> in two.</summary>
    public static int CutLength(ReadOnlySpan<byte> text, int limit)
    {
        if (text.Length <= limit)
            return text.Length;
        var length = limit;
        while (length > 0 && limit - length < 4 && (text[length] & 0xC0) == 0x80)
            length--;
        return length;
    }

    /// <summary>Bytes before the first that is not UTF-8.</summary>
    public static int ValidLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (Rune.DecodeFromUtf8(text[at..], out _, out var length) != OperationStatus.Done)
                return at;
            at += length;
        }

        return at;
    }

    /// <summary>Writes the text with U+FFFD for every invalid sequence and returns the bytes written.</summary>
    public static int Replace(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (text.Length > 0)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            written += rune.EncodeToUtf8(target[written..]);
            text = text[length..];
        }

        return written;
    }
}
