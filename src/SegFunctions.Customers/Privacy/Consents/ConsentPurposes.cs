using System.Text;

namespace SegFunctions.Customers.Privacy.Consents;

/// <summary>The purposes by the words that files and addresses use.</summary>
public static class ConsentPurposes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConsentPurpose> All { get; } = Enum.GetValues<ConsentPurpose>();

    /// <summary>The words, for messages.</summary>
    public static string Words { get; } = string.Join(", ", All.Select(Word));

    public static string Word(this ConsentPurpose purpose) => purpose.ToString().ToLowerInvariant();

    /// <summary>Reads one of the words, in any case.</summary>
    public static bool TryParse(string? word, out ConsentPurpose purpose)
    {
        purpose = default;
        foreach (var one in All)
        {
            if (!string.Equals(one.Word(), word, StringComparison.OrdinalIgnoreCase))
                continue;
            purpose = one;
            return true;
        }

        return false;
    }

    /// <inheritdoc cref="TryParse(string, out ConsentPurpose)"/>
    public static bool TryParse(ReadOnlySpan<byte> word, out ConsentPurpose purpose) => TryParse(Encoding.UTF8.GetString(word), out purpose);
}
