namespace SegFunctions.Customers.Privacy.Consents;

/// <summary>What counts where a customer has said nothing.</summary>
/// <remarks>
/// Figures and segments of one's own customers are mostly a legitimate interest, to which a customer may object: opt-out. Addressing people
/// electronically and handing their data on need their word first: opt-in. So a shop without any file of consents is segmented, and nobody is addressed unasked.
/// </remarks>
public sealed record ConsentPolicy
{
    private readonly bool[] _allowed = [true, true, false, false];

    public static ConsentPolicy Standard { get; } = new();

    /// <summary>Whether the purpose is allowed for a customer who has said nothing.</summary>
    public bool IsAllowedUnasked(ConsentPurpose purpose) => _allowed[(int)purpose];

    /// <summary>Whether the purpose is allowed for a customer at a moment.</summary>
    public bool Allows(ConsentPurpose purpose, ConsentHistory history, DateTime moment)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Answer(moment) ?? IsAllowedUnasked(purpose);
    }

    /// <summary>Reads <c>analytics=opt-out, marketing=opt-in</c>; purposes that are not named keep their standard.</summary>
    /// <exception cref="FormatException">Names every entry that cannot be read.</exception>
    public static ConsentPolicy Parse(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var policy = new ConsentPolicy();
        var faults = new List<string>();
        foreach (var entry in setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = entry.Split('=', StringSplitOptions.TrimEntries);
            if (parts is [var word, "opt-in" or "opt-out"] && ConsentPurposes.TryParse(word, out var purpose))
                policy._allowed[(int)purpose] = parts[1] == "opt-out";
            else
                faults.Add($"'{entry}'");
        }

        return faults.Count == 0
            ? policy
            : throw new FormatException($"{string.Join(", ", faults)} cannot be read; an entry is one of {ConsentPurposes.Words}, '=' and opt-in or opt-out.");
    }
}
