using System.Text;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>The current row of a canonical file, seen as duplicates are looked for: its dataset's columns, its attributes, its hash.</summary>
/// <param name="columns">How many of the file's columns are the dataset's.</param>
internal sealed class StoredRow(CanonicalReader rows, int columns, RowHash hash)
{
    private readonly ulong[] _attributeHashes = [.. rows.Header.Skip(columns).Select(name => hash.Of(Encoding.UTF8.GetBytes(name[CanonicalLayout.AttributePrefix.Length..])))];

    /// <summary>The dataset's columns as CSV.</summary>
    public ReadOnlySpan<byte> Columns
    {
        get
        {
            var row = rows.Row;
            var attributes = 0;
            for (var column = columns; column < rows.FieldCount; column++)
                attributes += 1 + rows.RawField(column).Length;
            return row[..(row.Length - attributes)];
        }
    }

    /// <summary>An attribute as CSV.</summary>
    public ReadOnlySpan<byte> Attribute(int number) => rows.RawField(columns + number);

    /// <summary>The hash of a row that was written anew.</summary>
    /// <param name="line">Without its line end.</param>
    public static ulong HashOf(ReadOnlySpan<byte> line, IReadOnlyList<string> header, int columns, RowHash hash, RowIdentity identity)
    {
        var attributes = line;
        for (var column = 0; column < columns; column++)
            CsvText.NextField(ref attributes);
        var own = header.Count > columns ? line[..(line.Length - attributes.Length - 1)] : line;
        var version = identity.Of(own);
        if (version.Length > 0)
            return hash.Of(version);
        var value = hash.Of(own);
        foreach (var name in header.Skip(columns))
        {
            var text = CsvText.NextField(ref attributes);
            if (text.Length > 0)
                value = hash.WithAttribute(value, hash.Of(Encoding.UTF8.GetBytes(name[CanonicalLayout.AttributePrefix.Length..])), text);
        }

        return value;
    }

    /// <summary>The row's hash, as its intake computed it.</summary>
    public ulong Hash(RowIdentity identity)
    {
        var own = Columns;
        var version = identity.Of(own);
        if (version.Length > 0)
            return hash.Of(version);
        var value = hash.Of(own);
        for (var attribute = 0; attribute < _attributeHashes.Length; attribute++)
        {
            var text = Attribute(attribute);
            if (text.Length > 0)
                value = hash.WithAttribute(value, _attributeHashes[attribute], text);
        }

        return value;
    }
}
