using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>One outcome of a comparison.</summary>
/// <param name="Name">For machines.</param>
/// <param name="One">How often records of one person come out so; where learning starts from, and what few records lean on.</param>
/// <param name="Home">The same for two people of one household; unused for what is personal.</param>
/// <param name="ByFrequency">Strangers come out so as often as the value is frequent; otherwise the share is learned.</param>
/// <param name="Text">For people, without the values.</param>
internal sealed record ComparisonLevel(string Name, double One, double Home, bool ByFrequency, Bilingual Text)
{
    /// <summary>At most so many pairs of one person come out so, where households must be told from people: it holds learning apart from taking a family for a person.</summary>
    public double MostOfOne { get; init; } = 1;

    /// <summary>At least so many do, for the same reason: learning must not conclude that families explain every slip.</summary>
    public double LeastOfOne { get; init; }

    /// <summary>
    /// Levels of one group have shares that sum to one: what is comparable at all tells nothing. A town that agrees where no street is
    /// known must not be held against those that agree in all their address.
    /// </summary>
    public int Group { get; init; }

    /// <summary>How often two outlets of one house come out so, which have addresses and telephones of their own; 0 throughout for what is no place.</summary>
    public double Outlet { get; init; }

    /// <summary>
    /// Strangers and kin whose values are as frequent come out so as often as one person's records do: it is how a record was written, and
    /// tells nothing but that the values agree.
    /// </summary>
    public bool IsManner { get; init; }
}
