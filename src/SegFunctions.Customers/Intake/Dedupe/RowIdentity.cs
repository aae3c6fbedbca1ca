using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>The leading columns of a canonical row that, all given, make it a version of the earlier rows with the same values in them.</summary>
/// <remarks>The key is one of them: a line that moved to another customer is another row.</remarks>
internal sealed class RowIdentity(int columns)
{
    /// <summary>How many leading columns it takes, the key among them; 0 where rows have no identity.</summary>
    public int Columns => columns;

    /// <summary>The identity of a dataset; its canonical columns begin with the key and the identity's fields.</summary>
    public static RowIdentity Of(Dataset dataset) =>
        new(dataset.Identity.Count == 0 ? 0 : 1 + dataset.Identity.Count(name => dataset.Field(name).Type != FieldType.CustomerId));

    /// <summary>The identity's bytes at the start of a row, or nothing when the row has none.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> row)
    {
        var rest = row;
        for (var column = 0; column < columns; column++)
        {
            if (CsvText.NextField(ref rest).Length == 0)
                return [];
        }

        return columns == 0 ? [] : row[..(row.Length - rest.Length)];
    }
}
