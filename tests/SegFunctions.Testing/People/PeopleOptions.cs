namespace SegFunctions.Testing.People;

/// <summary>A simulated customer base with people who stand in it twice.</summary>
public sealed record PeopleOptions
{
    /// <summary>Rows, duplicates included.</summary>
    public int Rows { get; init; } = 10_000;

    /// <summary>Share of rows that are a person again, with other spellings.</summary>
    public double DuplicateShare { get; init; } = 0.1;

    /// <summary>Corruptions of a duplicate: 1 to this, evenly.</summary>
    public int MostCorruptions { get; init; } = 3;

    public int Surnames { get; init; } = 30_000;

    /// <summary>Share of people who live with others of the base.</summary>
    public double HouseholdShare { get; init; } = 0.35;

    public double EmailMissing { get; init; } = 0.4;

    public double PhoneMissing { get; init; } = 0.5;

    /// <summary>Whether there is a column of birth dates.</summary>
    public bool BirthDates { get; init; } = true;

    public int Seed { get; init; } = 1;
}
