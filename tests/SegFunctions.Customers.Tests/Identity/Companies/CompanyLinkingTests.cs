using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Tests.Identity.Companies;

public sealed class CompanyLinkingTests
{
    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Companies_of_a_table_are_found_without_labels(int seed, bool withCountry)
    {
        var rows = new CompanyTable(seed, 800).Rows;
        var builder = withCountry
            ? new RecordSetBuilder([("company", IdentityField.Company), ("country", IdentityField.Country)])
            : new RecordSetBuilder([("company", IdentityField.Company)]);
        for (var row = 0; row < rows.Count; row++)
        {
            var id = row.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (withCountry)
                builder.Add(id, rows[row].Name, rows[row].Country);
            else
                builder.Add(id, rows[row].Name);
        }

        var linked = IdentityIndex.Build(builder.Build(), new IdentityOptions()).Link();

        var truth = CompanyTable.Pairs(rows).ToHashSet();
        var (right, all) = (0, 0);
        foreach (var cluster in Enumerable.Range(0, rows.Count).GroupBy(row => linked.Clusters[row]))
        {
            var members = cluster.ToArray();
            for (var left = 0; left < members.Length; left++)
            {
                for (var other = left + 1; other < members.Length; other++)
                {
                    all++;
                    right += truth.Contains((members[left], members[other])) ? 1 : 0;
                }
            }
        }

        Assert.True(right >= 0.97 * all && right >= 0.9 * truth.Count, $"precision {(double)right / all:F4}, recall {(double)right / truth.Count:F4}");
    }
}
