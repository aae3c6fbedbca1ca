using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>A consent that ends before it begins was never one.</summary>
internal sealed class ConsentRules : RowRules
{
    public override void Check(RowValues row)
    {
        base.Check(row);
        if (row.Has(Fields.Expires) && row.Has(Fields.Timestamp) && row.Ticks(Fields.Expires) < row.Ticks(Fields.Timestamp))
            row.Find(DataRules.EndBeforeStart, Fields.Expires);
    }

    // Not fields of the rules themselves: the catalogue makes those before it knows its own positions.
    private static class Fields
    {
        public static readonly int Timestamp = DatasetCatalog.Consents.IndexOf("timestamp");
        public static readonly int Expires = DatasetCatalog.Consents.IndexOf("expires");
    }
}
