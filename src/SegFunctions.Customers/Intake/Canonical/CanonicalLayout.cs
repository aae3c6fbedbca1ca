using System.Text;
using SegFunctions.Customers.Intake.Datasets;

namespace SegFunctions.Customers.Intake.Canonical;

/// <summary>The columns of a canonical file: those of its dataset in fixed order, then the file's attributes in the order of their names.</summary>
/// <remarks>
/// Canonical files are UTF-8 CSV with header, comma and LF; a text is quoted only when it holds a comma, a quote or a line end,
/// so equal values have equal bytes. The first column, <c>key</c>, holds the 26 characters of the customer key (it is empty where a row has no
/// customer, which only campaigns may); moments are ISO 8601 in UTC, numbers have a decimal point and no trailing zeros.
/// There is no source line number: it would make equal rows unequal. Attributes carry the prefix <see cref="AttributePrefix"/>.
/// </remarks>
public sealed class CanonicalLayout
{
    /// <summary>Before the names of attributes, so that no attribute can pass for a field.</summary>
    public const string AttributePrefix = "attribute:";

    /// <summary>Name of the first column.</summary>
    public const string KeyColumn = "key";

    public CanonicalLayout(IReadOnlyList<string> columns, IReadOnlyList<string> attributes)
    {
        Columns = columns;
        Attributes = attributes;
    }

    /// <summary>The dataset's columns, <see cref="KeyColumn"/> first.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Names of the attributes, without prefix, in ordinal order.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>The layout of a dataset's canonical rows.</summary>
    public static CanonicalLayout Of(Dataset dataset, IEnumerable<string> attributes) =>
        new(dataset.Rules.CanonicalColumns(dataset), [.. attributes.Order(StringComparer.Ordinal)]);

    /// <summary>The layout of a dataset's sealed identifiers.</summary>
    public static CanonicalLayout OfIdentifiers(Dataset dataset, IEnumerable<string> attributes) =>
        new(
            [KeyColumn, .. dataset.Fields.Where(field => field.Identifier || field.Type == FieldType.CustomerId).Select(field => field.Name)],
            [.. attributes.Order(StringComparer.Ordinal)]);

    /// <summary>The header line, with its line end.</summary>
    public byte[] HeaderLine()
    {
        var line = new ByteWriter(256);
        var separate = false;
        foreach (var column in Columns.Concat(Attributes.Select(attribute => AttributePrefix + attribute)))
        {
            if (separate)
                line.Add((byte)',');
            separate = true;
            CsvText.Write(line, Encoding.UTF8.GetBytes(column));
        }

        line.Add((byte)'\n');
        return line.Written.ToArray();
    }
}
