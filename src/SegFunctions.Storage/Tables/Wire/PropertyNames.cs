using System.Text;
using System.Text.Json;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>
/// The names in one answer: each becomes a string once, and as rows mostly have the same properties in the same order, the
/// next name is mostly the one that followed last time.
/// </summary>
internal sealed class PropertyNames
{
    private const string TypeAnnotation = "@odata.type";
    private const int MaxKept = 1024;
    private readonly List<PropertyName> _names = [];
    private int _next;

    /// <summary>The name that the reader stands on.</summary>
    public PropertyName Read(ref Utf8JsonReader reader)
    {
        if (_next < _names.Count && reader.ValueTextEquals(_names[_next].Utf8))
            return _names[_next++];
        for (var i = 0; i < _names.Count; i++)
        {
            if (reader.ValueTextEquals(_names[i].Utf8))
            {
                _next = i + 1;
                return _names[i];
            }
        }

        var added = Parse(reader.GetString()!);
        if (_names.Count < MaxKept)
        {
            _names.Add(added);
            _next = _names.Count;
        }

        return added;
    }

    /// <summary>Begins a row: its first name is probably the first of all.</summary>
    public void Restart() => _next = 0;

    private PropertyName Parse(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (text.EndsWith(TypeAnnotation, StringComparison.Ordinal))
            return new(utf8, Known(text[..^TypeAnnotation.Length]), PropertyRole.Type);
        var role = text switch
        {
            TableEntity.PartitionKeyName => PropertyRole.PartitionKey,
            TableEntity.RowKeyName => PropertyRole.RowKey,
            TableEntity.TimestampName => PropertyRole.Timestamp,
            TableEntity.ETagName => PropertyRole.ETag,
            _ when text.StartsWith("odata.", StringComparison.Ordinal) || text.Contains('@') => PropertyRole.Metadata,
            _ => PropertyRole.Value,
        };
        return new(utf8, Known(text), role);
    }

    // An annotation and its property share one string.
    private string Known(string text) => _names.Find(name => name.Name == text)?.Name ?? text;
}

/// <summary>A name in an answer and what it stands for.</summary>
/// <param name="Name">The property's name; for a type annotation that of the property it annotates.</param>
internal sealed record PropertyName(byte[] Utf8, string Name, PropertyRole Role);

internal enum PropertyRole
{
    Value,
    Type,
    PartitionKey,
    RowKey,
    Timestamp,
    ETag,
    Metadata,
}
