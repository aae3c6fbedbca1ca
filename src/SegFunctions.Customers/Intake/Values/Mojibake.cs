using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Undoes UTF-8 that was read as Windows-1252 and written again: <c>MÃ¼ller</c> was <c>Müller</c>.</summary>
/// <remarks>
/// The proof is the way back: every character must be one of Windows-1252, and the bytes that they stand for must be sound UTF-8 with letters or signs of European texts.
/// Words that people write never pass: an accented letter would have to be followed by a sign such as ¼ or ©.
/// </remarks>
internal static class Mojibake
{
    // 0x80 to 0x9F of Windows-1252; what it leaves out, programs pass through as control characters.
    private const string Controls = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /// <summary>Whether the text may be such; most texts are told apart by this alone.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> text)
    {
        // The lead bytes of UTF-8, C2 to F4, became characters that UTF-8 writes as C3 82 to C3 B4.
        for (var at = text.IndexOf((byte)0xC3); at >= 0 && at + 2 < text.Length; at += Math.Max(1, text[(at + 1)..].IndexOf((byte)0xC3) + 1))
        {
            if (text[at] == 0xC3 && text[at + 1] is >= 0x82 and <= 0xB4 && text[at + 2] is 0xC2 or 0xC5 or 0xC6 or 0xCB or 0xE2)
                return true;
            if (text[(at + 1)..].IndexOf((byte)0xC3) < 0)
                return false;
        }

        return false;
    }

    /// <summary>Writes what the text was; false when it is no such text.</summary>
    /// <param name="target">As long as the text.</param>
    public static bool TryRepair(ReadOnlySpan<byte> text, Span<byte> target, out int length)
    {
        length = 0;
        var isBeyond = false;
        while (text.Length > 0)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var width) != OperationStatus.Done)
                return false;
            var code = rune.Value <= 0xFF && rune.Value is < 0x80 or >= 0xA0 ? rune.Value : rune.IsBmp ? Controls.IndexOf((char)rune.Value, StringComparison.Ordinal) + 0x80 : 0;
            if (code < 0x80 && rune.Value >= 0x80)
                return false;
            isBeyond |= code >= 0x80;
            target[length++] = (byte)code;
            text = text[width..];
        }

        return isBeyond && Utf8.IsValid(target[..length]) && IsEuropean(target[..length]);
    }

    /// <summary>Letters of Latin alphabets, quotes, dashes and the euro: what such texts really were. "é€€" has the bytes of a Chinese character, and never was one.</summary>
    private static bool IsEuropean(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var width);
            if (rune.Value is >= 0x80 and not ((>= 0xA0 and <= 0x17F) or (>= 0x2010 and <= 0x203A) or 0x20AC or 0x2122))
                return false;
            text = text[width..];
        }

        return true;
    }

    /// <summary>The text as it was, or as it is.</summary>
    public static string Repair(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var target = new byte[bytes.Length];
        return IsLikely(bytes) && TryRepair(bytes, target, out var length) ? Encoding.UTF8.GetString(target, 0, length) : text;
    }
}
