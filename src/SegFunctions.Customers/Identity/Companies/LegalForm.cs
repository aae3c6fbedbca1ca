namespace SegFunctions.Customers.Identity.Companies;

/// <summary>A legal form of companies.</summary>
/// <param name="Code">Short name in small letters without blanks; parsing it gives the form again.</param>
/// <param name="Kind">What the form is, to set forms of several countries side by side.</param>
/// <param name="Countries">ISO codes of the countries that use the form, at least one; <c>EU</c> for European forms.</param>
public sealed record LegalForm(string Code, LegalFormKind Kind, IReadOnlyList<string> Countries);
