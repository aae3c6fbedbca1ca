namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>How surprising it would be that strangers agree in just these values, in bits; the term-frequency adjustment of a pair.</summary>
internal struct Surprise
{
    /// <summary>Of values that a household shares: surname, home, telephone.</summary>
    public float Shared;

    /// <summary>Of values that are one person's: given name, day of birth, identifiers.</summary>
    public float Personal;

    /// <summary>The same among people of one household, where it is less: fathers and sons share names, twins a birthday.</summary>
    public float PersonalAtHome;
}
