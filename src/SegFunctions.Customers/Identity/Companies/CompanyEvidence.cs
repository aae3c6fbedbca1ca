namespace SegFunctions.Customers.Identity.Companies;

/// <summary>What two names say about being one company.</summary>
/// <param name="Weight">Natural logarithm of how much likelier the names are when they are one company; 0 says nothing.</param>
/// <param name="Similarity">Share in [0, 1] of the naming words that agree, the telling ones counting more; 1 for equal ones in any order.</param>
/// <param name="Form">How the legal forms agree.</param>
public readonly record struct CompanyEvidence(double Weight, double Similarity, FormAgreement Form, ConflictKind Conflict);

/// <summary>How the legal forms of two names agree.</summary>
public enum FormAgreement
{
    /// <summary>The same form.</summary>
    Same,

    /// <summary>Neither name has one.</summary>
    Neither,

    /// <summary>One name has none.</summary>
    OneMissing,

    /// <summary>Forms of other countries that are the same at heart: GmbH and Ltd.</summary>
    Alike,

    /// <summary>Two forms that no company has at once.</summary>
    Different,
}

/// <summary>What keeps two companies of one name apart.</summary>
[Flags]
public enum ConflictKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Each name has a place that the other has not: branches or subsidiaries.</summary>
    Place = 1,

    /// <summary>Each name has a number that the other has not.</summary>
    Number = 2,

    /// <summary>Each name has a word that the other has not.</summary>
    Word = 4,
}
