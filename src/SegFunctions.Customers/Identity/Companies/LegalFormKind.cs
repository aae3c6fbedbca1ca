namespace SegFunctions.Customers.Identity.Companies;

/// <summary>What a legal form is at heart, whatever the country calls it.</summary>
public enum LegalFormKind
{
    /// <summary>A company with limited liability whose shares are not traded: GmbH, Ltd, SARL, LLC.</summary>
    PrivateLimited,

    /// <summary>A company of shares: AG, PLC, SA, Inc.</summary>
    ShareCompany,

    /// <summary>A partnership with a limited partner, also when its general partner is a company: KG, GmbH &amp; Co. KG, LP.</summary>
    LimitedPartnership,

    /// <summary>A partnership whose partners answer with all they have, or with professional limits: OHG, SNC, LLP.</summary>
    Partnership,

    /// <summary>One person's business: e.K., EI, IP.</summary>
    SoleTrader,

    /// <summary>A cooperative: eG, SCOP.</summary>
    Cooperative,

    /// <summary>A society that does not divide profits: e.V., ASBL.</summary>
    Association,

    /// <summary>A foundation: Stiftung, Stichting.</summary>
    Foundation,

    /// <summary>A company of the state: GUP, EPE.</summary>
    State,
}
