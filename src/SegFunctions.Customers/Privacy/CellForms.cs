using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;

namespace SegFunctions.Customers.Privacy;

/// <summary>Other spellings of a cell under which a value may hide: the words of a sentence, the parts of a web address; percent signs, escapes of JSON, entities of HTML and base64 undone.</summary>
internal static class CellForms
{
    /// <summary>Letters from which a part counts: shorter ones are anybody's.</summary>
    private const int Shortest = 6;

    private const int LongestBase64 = 4096;
    private static readonly SearchValues<byte> OfAddresses = SearchValues.Create("%&?/#+ \\"u8);
    private static readonly SearchValues<byte> OfBase64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    /// <summary>Whether letters of a text may be written as escapes.</summary>
    public static bool MayBeEscaped(ReadOnlySpan<byte> text) =>
        text.Contains((byte)'%') || text.IndexOf("\\u"u8) >= 0 || (text.Contains((byte)'&') && text.Contains((byte)';'));

    /// <summary>The texts that a cell may stand for besides itself; mostly none.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> cell)
    {
        if (cell.Length < Shortest)
            return [];
        List<string>? forms = null;
        if (cell.ContainsAny(OfAddresses))
            AddUnescaped(Encoding.UTF8.GetString(cell), ref forms);
        foreach (var part in forms?.ToArray() ?? [])
            AddDecoded(Encoding.UTF8.GetBytes(part), ref forms);
        AddDecoded(cell, ref forms);
        return forms ?? [];
    }

    private static void AddUnescaped(string cell, ref List<string>? forms)
    {
        var plain = Unescaped(cell);
        AddParts(plain, ref forms);
        if (plain != cell)
            (forms ??= []).Add(plain);
    }

    /// <summary>A text as its reader sees it: <c>%C3%BC</c>, <c>\u00fc</c> and <c>&amp;uuml;</c> are ü.</summary>
    private static string Unescaped(string text)
    {
        var plain = Uri.UnescapeDataString(text);
        if (!plain.Contains("\\u", StringComparison.Ordinal))
            return WebUtility.HtmlDecode(plain);
        var letters = new StringBuilder(plain.Length);
        for (var at = 0; at < plain.Length; at++)
        {
            if (plain[at] == '\\' && at + 6 <= plain.Length && plain[at + 1] == 'u' && ushort.TryParse(plain.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter))
            {
                letters.Append((char)letter);
                at += 5;
            }
            else
            {
                letters.Append(plain[at]);
            }
        }

        return WebUtility.HtmlDecode(letters.ToString());
    }

    private static void AddParts(string text, ref List<string>? forms)
    {
        foreach (var one in RowCells.Of(Encoding.UTF8.GetBytes(text)))
        {
            foreach (var piece in Encoding.UTF8.GetString(one).Split(['&', '?', '/', '#', '+', ' ']))
            {
                // A sentence ends.
                var part = piece.Trim('.', '!', '(', ')', '\'', '*');
                if (part.Length >= Shortest)
                    (forms ??= []).Add(part);
            }
        }
    }

    private static void AddDecoded(ReadOnlySpan<byte> cell, ref List<string>? forms)
    {
        var packed = cell.TrimEnd((byte)'=');
        if (packed.Length is < Shortest or > LongestBase64 || packed.Length % 4 == 1 || packed.ContainsAnyExcept(OfBase64))
            return;
        Span<byte> padded = stackalloc byte[packed.Length + 2];
        for (var index = 0; index < packed.Length; index++)
            padded[index] = packed[index] switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', var letter => letter };
        padded[packed.Length..].Fill((byte)'=');
        padded = padded[..((packed.Length + 3) / 4 * 4)];
        var plain = new byte[padded.Length];
        if (Base64.DecodeFromUtf8(padded, plain, out _, out var length) != OperationStatus.Done || !IsText(plain.AsSpan(0, length)))
            return;
        var text = Encoding.UTF8.GetString(plain, 0, length);
        AddParts(text, ref forms);
        (forms ??= []).Add(text);
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) && !bytes.ContainsAnyInRange((byte)0, (byte)8);
}
