namespace SegFunctions.Customers.Identity.Companies;

/// <summary>What two names say about being one company.</summary>
/// <param name="Weight">Natural logarithm of how much likelier the names are when they are one company; 0 says nothing.</param>
/// <param name="AgainstRelated">
/// The same beside two companies of one house ("Siemens Energy" and "Siemens Healthineers") instead of two strangers: what both share
/// tells nothing there, what one alone has tells most.
/// </param>
/// <param name="Similarity">Share in [0, 1] of the naming words that agree, the telling ones counting more; 1 for equal ones in any order.</param>
/// <param name="Form">How the legal forms agree.</param>
/// <param name="Conflict">What keeps the two apart.</param>
public readonly record struct CompanyEvidence(double Weight, double AgainstRelated, double Similarity, FormAgreement Form, CompanyConflict Conflict);
