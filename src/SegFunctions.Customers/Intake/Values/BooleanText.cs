using System.Collections.Frozen;
using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Reads yes and no as English, French, German, Spanish, Italian and Dutch files and machines write them, in any case.</summary>
public static class BooleanText
{
    private const int LongestWord = 16;

    private static readonly FrozenDictionary<string, bool> Words = "true 1 yes y t on x oui o vrai ja j wahr si s verdadero cierto vero waar ✓ checked"
        .Split(' ').Select(word => (word, true))
        .Concat("false 0 no n f off non faux nein falsch falso nee onwaar neen unchecked".Split(' ').Select(word => (word, false)))
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>Reads a truth value; false with the reason when the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out bool value, out ValueFault fault)
    {
        text = Blanks.Trim(text);
        value = false;
        fault = text.IsEmpty ? ValueFault.Empty : text.Length > LongestWord ? ValueFault.NotABoolean : ValueFault.None;
        if (fault != ValueFault.None)
            return false;
        Span<char> word = stackalloc char[LongestWord];
        word = word[..Encoding.UTF8.GetChars(text, word)];
        Span<char> folded = stackalloc char[LongestWord * TextFolding.Expansion];
        var length = TextFolding.Fold(word, folded);
        if (!Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(length == 0 ? word : folded[..length], out value))
            fault = ValueFault.NotABoolean;
        return fault == ValueFault.None;
    }
}
