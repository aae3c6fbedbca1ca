using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SegFunctions.Customers.Privacy;

/// <summary>What is left of a person who was erased: a keyed hash of the customer key, from which nobody finds the key again.</summary>
/// <remarks>It serves to recognise the person in a later upload, and as the name under which the audit of a customer is kept.</remarks>
public readonly record struct Tombstone(UInt128 Value)
{
    /// <summary>Characters of the text form: lower-case hexadecimal.</summary>
    public const int TextLength = 32;

    public override string ToString() => Value.ToString("x32");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Tombstone tombstone)
    {
        tombstone = default;
        if (text is not { Length: TextLength } || text.AsSpan().ContainsAnyExcept("0123456789abcdef"))
            return false;
        tombstone = new Tombstone(UInt128.Parse(text, NumberStyles.AllowHexSpecifier));
        return true;
    }
}
