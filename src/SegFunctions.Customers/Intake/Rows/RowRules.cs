using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>What a dataset checks and derives beyond its single fields. This one: whether the moment of a row can be right.</summary>
internal class RowRules
{
    // No shop's data are older, and what programs write in place of no date is.
    private static readonly long Nineties = new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Canonical columns that are made from several fields, or from a field that is itself kept back.</summary>
    public virtual IReadOnlyList<string> Derived => [];

    /// <summary>The key, the identity's fields, the other fields that are no direct identifiers, the derived columns.</summary>
    public string[] CanonicalColumns(Dataset dataset) =>
        [CanonicalLayout.KeyColumn, .. CanonicalFields(dataset).Select(field => dataset.Fields[field].Name), .. Derived];

    /// <summary>Positions of the fields that canonical rows hold, in the order in which they hold them.</summary>
    public static int[] CanonicalFields(Dataset dataset) =>
    [
        .. Enumerable.Range(0, dataset.Fields.Count)
            .Where(field => dataset.Fields[field] is { Identifier: false, Type: not FieldType.CustomerId })
            .OrderBy(field => dataset.Identity.Contains(dataset.Fields[field].Name, StringComparer.Ordinal) ? 0 : 1)
            .ThenBy(field => field),
    ];

    /// <summary>Looks at a row whose fields were all read; what it finds decides whether the row is refused.</summary>
    public virtual void Check(RowValues row)
    {
        if (row.Timestamp >= 0 && row.Has(row.Timestamp) && row.Ticks(row.Timestamp) < Nineties)
            row.Find(DataRules.MomentImplausible, row.Timestamp);
    }

    /// <summary>Writes one of the <see cref="Derived"/> columns as a field of a CSV line.</summary>
    public virtual void WriteDerived(int column, RowValues row, ByteWriter line)
    {
    }
}
