using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Compares the companies of two records by their names.</summary>
/// <param name="rows">For each record the number of its company in <paramref name="names"/>.</param>
/// <param name="ofPeople">The records are people: they change their company, and a wrong one says little against them.</param>
internal sealed class CompanyComparison(string name, CodeColumn rows, CompanyColumn names, bool ofPeople) : Comparison(name, isShared: true, Comparing.Levels.Company)
{
    // Of a hundred doubles of a person a quarter name another company, or spell it beyond recognition.
    private const double LeastOfPeople = -2;

    /// <summary>The names, which learn and are learned from.</summary>
    public CompanyColumn Names => names;

    public override bool IsFixed => true;

    public override int Compare(int left, int right, ref Surprise surprise)
    {
        var (one, other) = (rows[left], rows[right]);
        if (one < 0 || other < 0)
            return Silent;
        var bits = names.Bits(one, other);
        Add((float)(ofPeople ? Math.Max(LeastOfPeople, bits) : bits), 0, ref surprise);
        return 1;
    }

    /// <summary>Learns from the names as often as records hold them.</summary>
    public void Learn(CancellationToken cancellationToken)
    {
        var counts = new int[names.Count];
        foreach (var code in rows.Codes)
        {
            if (code >= 0)
                counts[code]++;
        }

        names.Learn(counts, cancellationToken);
    }
}
