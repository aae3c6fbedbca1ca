namespace SegFunctions.Customers.Identity.Companies;

/// <summary>What keeps two companies of nearly one name apart.</summary>
[Flags]
public enum CompanyConflict
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Each name has a place that the other has not: branches or subsidiaries.</summary>
    Place = 1,

    /// <summary>Each name has a number that the other has not.</summary>
    Number = 2,

    /// <summary>Each name has a naming word that the other has not.</summary>
    Word = 4,
}
