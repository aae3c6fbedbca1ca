using SegFunctions.Customers.Identity.Normalisation;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Privacy;

/// <summary>The spellings under which an e-mail address or a telephone number is the same one.</summary>
internal static class ContactForms
{
    /// <summary>The text folded; of an address also without what follows a plus, and the dots that its provider ignores; of a number also the digits that one dials within the country.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var folded = TextFolding.Fold(text);
        if (folded.Length == 0)
            return [];
        var form = text.Contains('@', StringComparison.Ordinal) ? EmailOf(text) : text.Any(char.IsLetter) ? "" : PhoneOf(text);
        return form.Length == 0 || form == folded ? [folded] : [folded, form];
    }

    private static string EmailOf(string text)
    {
        // Gmail's own form is longer than what may have been written.
        var target = new char[text.Length + "gmail.com".Length];
        var length = EmailForm.Write(text, target, out _);
        return length == 0 ? "" : TextFolding.Fold(target.AsSpan(0, length));
    }

    private static string PhoneOf(string text)
    {
        Span<char> target = stackalloc char[PhoneForm.Longest];
        return new string(target[..PhoneForm.Write(text, target)]);
    }
}
