namespace SegFunctions.Customers.Identity.Companies;

/// <summary>How the legal forms of two names agree.</summary>
public enum FormAgreement
{
    /// <summary>The same form.</summary>
    Same,

    /// <summary>Neither name has one.</summary>
    Neither,

    /// <summary>One name has it, the other what a slip made of it.</summary>
    Misspelled,

    /// <summary>One name has none.</summary>
    OneMissing,

    /// <summary>Forms of different countries that are the same at heart: GmbH and Ltd.</summary>
    Alike,

    /// <summary>Two forms that no company has at once.</summary>
    Different,
}
