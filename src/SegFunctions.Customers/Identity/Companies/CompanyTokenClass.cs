namespace SegFunctions.Customers.Identity.Companies;

/// <summary>What a word of a company's name is there for.</summary>
public enum CompanyTokenClass
{
    /// <summary>Names the company.</summary>
    Core,

    /// <summary>A number: "Bau Müller 2", "First", "Fund III".</summary>
    Number,

    /// <summary>A country or city: tells branches and subsidiaries apart.</summary>
    Place,

    /// <summary>Tells the shape of the business: group, holding, sons, company.</summary>
    Descriptor,

    /// <summary>A legal form, by its code.</summary>
    Form,

    /// <summary>A connective ("and" for all of them) or an article: says nothing.</summary>
    Filler,
}
