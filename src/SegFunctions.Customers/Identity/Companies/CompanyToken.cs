namespace SegFunctions.Customers.Identity.Companies;

/// <summary>A word of a company's name as it is compared.</summary>
/// <param name="Text">Small letters and digits; an abbreviation written out, a place by its usual name, a legal form by its code.</param>
public readonly record struct CompanyToken(string Text, CompanyTokenClass Class);
