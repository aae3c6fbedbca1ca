using SegFunctions.Customers.Identity.Normalisation;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Compares e-mail addresses.</summary>
/// <param name="names">Tells what of an address is nothing but the name; null where there are no names.</param>
/// <param name="frequency">Of whole addresses.</param>
/// <param name="locals">Of what stands before the @: one local at two providers is evidence as far as it is rare.</param>
internal sealed class EmailComparison(EmailColumn emails, NamedLocals? names, ValueFrequency frequency, ValueFrequency locals) : Comparison(emails.Name, isShared: true, Comparing.Levels.Email)
{
    private const int ShortestLocal = 5;

    // Less than that is not worth the risk that two namesakes thought alike.
    private const float LeastBits = 4;

    public override IReadOnlyList<ValueFrequency> Frequencies { get; } = [frequency, locals];

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (emails.Codes[left], emails.Codes[right]);
        if (Settled(one, other, frequency, 0, ref surprise) is { } level)
            return level;
        if (EmailForm.IsSlip(emails.Texts, one, other))
            return 3;
        var local = emails.Locals[left];
        if (local != emails.Locals[right])
            return 4;
        var text = emails.LocalTexts[local];
        if (EmailForm.IsRole(text))
            return Silent;
        // Namesakes name their addresses alike, and the names have told that already.
        var bits = Math.Min(locals.Bits(local), names?.Bits(left, right, text) ?? float.MaxValue);
        if (bits < LeastBits)
            return Silent;
        if (text.Length < ShortestLocal)
            return 4;
        Add(bits, 0, 0, ref surprise);
        return 2;
    }
}
