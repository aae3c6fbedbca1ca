using SegFunctions.Customers.Privacy.Erasure;

namespace SegFunctions.Customers.Privacy.Consents;

/// <summary>What one customer has said about one purpose, and what counts of it.</summary>
/// <remarks>
/// The newest word counts; of several of one moment a refusal. A permission that has expired counts as a refusal from that moment on,
/// whatever older permission stands before it: it was given for a time, and the time is over. What was said for a later moment does not count yet.
/// Histories merge in any order to the same.
/// </remarks>
public sealed record ConsentHistory
{
    /// <summary>Statements kept of one customer and purpose; the oldest go first.</summary>
    public const int Longest = 50;

    private ConsentHistory(IReadOnlyList<ConsentRecord> records) => Records = records;

    public static ConsentHistory Empty { get; } = new([]);

    /// <summary>Newest first; of one moment refusals first.</summary>
    public IReadOnlyList<ConsentRecord> Records { get; }

    public static ConsentHistory Of(IEnumerable<ConsentRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new(
        [
            .. records.Distinct()
                .OrderByDescending(record => record.At)
                .ThenBy(record => record.IsGranted)
                .ThenBy(record => record.Expires ?? DateTime.MaxValue)
                .ThenBy(record => record.Source, StringComparer.Ordinal)
                .ThenBy(record => record.Proof, StringComparer.Ordinal)
                .Take(Longest),
        ]);
    }

    public ConsentHistory With(IEnumerable<ConsentRecord> records) => Of(Records.Concat(records));

    /// <summary>The history without the naming of a person in source and proof; null where it names nobody.</summary>
    public ConsentHistory? Without(PersonMentions person)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (person.IsEmpty)
            return null;
        var records = Records.Select(record => record with { Source = person.Without(record.Source), Proof = person.Without(record.Proof) }).ToArray();
        return records.SequenceEqual(Records) ? null : Of(records);
    }

    /// <summary>The statement that counts at a moment, or null where nothing had been said by then.</summary>
    public ConsentRecord? At(DateTime moment) => Records.FirstOrDefault(record => record.At <= moment);

    /// <summary>True: allowed; false: refused or expired; null: nothing was said.</summary>
    public bool? Answer(DateTime moment) => At(moment) is { } said ? said.IsGranted && !(said.Expires <= moment) : null;
}
