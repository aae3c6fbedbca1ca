using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>Revenue of a customer who did not convert belongs to something else.</summary>
internal sealed class CampaignRules : RowRules
{
    public override void Check(RowValues row)
    {
        base.Check(row);
        if (row.Has(Fields.Revenue) && row.Number(Fields.Revenue) != 0 && row.Text(Fields.Converted).SequenceEqual("false"u8))
            row.Find(DataRules.RevenueWithoutConversion, Fields.Revenue);
    }

    // Not fields of the rules themselves: the catalogue makes those before it knows its own positions.
    private static class Fields
    {
        public static readonly int Converted = DatasetCatalog.Campaigns.IndexOf("converted");
        public static readonly int Revenue = DatasetCatalog.Campaigns.IndexOf("revenue");
    }
}
