namespace SegFunctions.Customers.Identity.Records;

/// <summary>What a column of records says about who somebody is; it decides how its values are normalised and compared.</summary>
public enum IdentityField : byte
{
    /// <summary>Mr, Frau, Dr.</summary>
    Title,
    GivenName,
    FamilyName,

    /// <summary>Given and family name in one column, in either order.</summary>
    FullName,
    Email,
    Phone,

    /// <summary>House number alone.</summary>
    StreetNumber,

    /// <summary>Street, with or without house number.</summary>
    Street,

    /// <summary>Second line of an address: building, flat, property.</summary>
    StreetLine,
    City,
    PostalCode,

    /// <summary>State, county; recognised and left out, for town and postal code say it.</summary>
    Region,

    /// <summary>Compared of companies alone.</summary>
    Country,

    /// <summary>Day or year of birth.</summary>
    BirthDate,
    Gender,

    /// <summary>Name of a company.</summary>
    Company,

    /// <summary>A number or code that one person or company alone should have: social security, tax, loyalty card, device.</summary>
    Identifier,

    /// <summary>A column of another kind that several records of one person tend to share.</summary>
    Other,

    /// <summary>A second given name in a column of its own, or its initial.</summary>
    MiddleName,

    /// <summary>Years of age; birth dates say more.</summary>
    Age,
}
