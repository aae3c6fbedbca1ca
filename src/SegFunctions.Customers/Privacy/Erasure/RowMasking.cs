using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Privacy.Erasure;

/// <summary>Takes the naming of a person out of stored rows that are somebody else's: what a customer wrote, what a product or a campaign is called, attributes.</summary>
/// <remarks>Keys, moments and numbers of the dataset are no text and are passed over. For one upload at a time.</remarks>
public sealed class RowMasking(Dataset dataset, PersonMentions mentions)
{
    private readonly int _columns = CanonicalLayout.Of(dataset, []).Columns.Count;
    private readonly ByteWriter _masked = new(256);
    private IReadOnlyList<string>? _header;
    private Cell[] _cells = [];

    private enum Cell : byte
    {
        None,
        Id,
        Text,
    }

    /// <summary>Whether a row names the person.</summary>
    public bool IsNeeded(CanonicalReader row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (mentions.IsEmpty)
            return false;
        var cells = CellsOf(row);
        for (var column = 0; column < cells.Length; column++)
        {
            if (cells[column] == Cell.Text && mentions.AreIn(row.Field(column)) || cells[column] == Cell.Id && mentions.AreInId(row.Field(column)))
                return true;
        }

        return false;
    }

    /// <summary>The first name, address or id of the person that a row holds; null where it holds none.</summary>
    public string? PhraseIn(CanonicalReader row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var cells = CellsOf(row);
        for (var column = 0; column < cells.Length; column++)
        {
            if (cells[column] != Cell.None && mentions.FirstIn(row.Field(column)) is { } phrase)
                return phrase;
        }

        return null;
    }

    /// <summary>Writes a row that names the person without the naming.</summary>
    /// <returns>The hash that the row has from now on.</returns>
    internal ulong Write(CanonicalReader row, RowIdentity identity, ByteWriter lines)
    {
        var cells = CellsOf(row);
        var start = lines.Length;
        for (var column = 0; column < cells.Length; column++)
        {
            if (column > 0)
                lines.Add((byte)',');
            _masked.Clear();
            if (cells[column] != Cell.None && mentions.Mask(row.Field(column), isId: cells[column] == Cell.Id, _masked))
                CsvText.Write(lines, _masked.Written);
            else
                lines.Add(row.RawField(column));
        }

        var hash = StoredRow.HashOf(lines.Written[start..], row.Header, _columns, RowHash.Standard, identity);
        lines.Add((byte)'\n');
        return hash;
    }

    private Cell[] CellsOf(CanonicalReader row)
    {
        if (ReferenceEquals(_header, row.Header))
            return _cells;
        _header = row.Header;
        return _cells = [.. row.Header.Select(CellOf)];
    }

    private Cell CellOf(string column)
    {
        if (column == CanonicalLayout.KeyColumn || column == "anonymous")
            return Cell.None;
        var field = dataset.IndexOf(column) is >= 0 and var index ? dataset.Fields[index].Type : FieldType.Text;
        return field switch
        {
            FieldType.Id => Cell.Id,
            FieldType.Timestamp or FieldType.Date or FieldType.Decimal or FieldType.Integer or FieldType.Boolean => Cell.None,
            _ => Cell.Text,
        };
    }
}
