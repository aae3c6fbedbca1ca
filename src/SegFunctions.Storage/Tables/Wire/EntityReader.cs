using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Azure;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>Reads rows from OData JSON with minimal metadata.</summary>
internal static class EntityReader
{
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>The row that the JSON object is.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static TableEntity ReadRow(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return ReadRow(ref reader, new PropertyNames(), []);
    }

    /// <summary>The rows in the <c>value</c> array of the JSON object.</summary>
    /// <exception cref="JsonException">There is none, or it holds something else.</exception>
    public static List<TableEntity> ReadRows(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        SeekValue(ref reader);
        var rows = new List<TableEntity>();
        var names = new PropertyNames();
        var types = new List<(string Name, EdmType Type)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            names.Restart();
            rows.Add(ReadRow(ref reader, names, types));
        }

        return rows;
    }

    /// <summary>The <c>TableName</c> of each object in the <c>value</c> array.</summary>
    /// <exception cref="JsonException">There is none, or it holds something else.</exception>
    public static List<TableItem> ReadTables(ReadOnlySpan<byte> json)
    {
        var tables = new List<TableItem>();
        foreach (var row in ReadRows(json))
            tables.Add(new TableItem(row.GetString("TableName") ?? throw new JsonException("The list of tables holds a table without a name.")));
        return tables;
    }

    private static void SeekValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"A {reader.TokenType} stands where a page of rows was expected.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isValue && reader.TokenType == JsonTokenType.StartArray)
                return;
            reader.Skip();
        }

        throw new JsonException("The page of rows has no array 'value'.");
    }

    /// <param name="types">A list to use: types that have been announced for properties that have not come yet.</param>
    private static TableEntity ReadRow(ref Utf8JsonReader reader, PropertyNames names, List<(string Name, EdmType Type)> types)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"A {reader.TokenType} stands where a row was expected.");
        types.Clear();
        var entity = new TableEntity();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = names.Read(ref reader);
            reader.Read();
            switch (name.Role)
            {
                case PropertyRole.Value:
                    if (reader.TokenType != JsonTokenType.Null)
                        entity.Append(name.Name, Value(ref reader, TypeOf(name.Name, types), name.Name));
                    break;
                case PropertyRole.Type:
                    var type = Type(ref reader, name.Name);
                    var index = entity.IndexOf(name.Name);
                    if (index < 0)
                        types.Add((name.Name, type));
                    else
                        entity[name.Name] = Retyped(entity.PropertyValues[index]!, type, name.Name);
                    break;
                case PropertyRole.PartitionKey:
                    entity.PartitionKey = reader.GetString()!;
                    break;
                case PropertyRole.RowKey:
                    entity.RowKey = reader.GetString()!;
                    break;
                case PropertyRole.Timestamp:
                    entity.Timestamp = reader.TokenType == JsonTokenType.Null ? null : (DateTimeOffset)Date(ref reader, name.Name);
                    break;
                case PropertyRole.ETag:
                    entity.ETag = new ETag(reader.GetString()!);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return entity;
    }

    private static EdmType TypeOf(string name, List<(string Name, EdmType Type)> types)
    {
        for (var i = types.Count - 1; i >= 0; i--)
        {
            if (!ReferenceEquals(types[i].Name, name) && types[i].Name != name)
                continue;
            var type = types[i].Type;
            types.RemoveAt(i);
            return type;
        }

        return EdmType.Inferred;
    }

    private static EdmType Type(ref Utf8JsonReader reader, string name)
    {
        if (reader.ValueTextEquals("Edm.Double"u8))
            return EdmType.Double;
        if (reader.ValueTextEquals("Edm.Int64"u8))
            return EdmType.Int64;
        if (reader.ValueTextEquals("Edm.DateTime"u8))
            return EdmType.DateTime;
        if (reader.ValueTextEquals("Edm.Guid"u8))
            return EdmType.Guid;
        if (reader.ValueTextEquals("Edm.Binary"u8))
            return EdmType.Binary;
        if (reader.ValueTextEquals("Edm.String"u8))
            return EdmType.String;
        if (reader.ValueTextEquals("Edm.Int32"u8))
            return EdmType.Int32;
        if (reader.ValueTextEquals("Edm.Boolean"u8))
            return EdmType.Boolean;
        throw new JsonException($"The property '{name}' is of type '{TableRules.Show(reader.GetString())}', which the service does not document.");
    }

    private static object Value(ref Utf8JsonReader reader, EdmType type, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return True;
            case JsonTokenType.False:
                return False;
            case JsonTokenType.Number:
                return Number(ref reader, type);
            case JsonTokenType.String:
                switch (type)
                {
                    case EdmType.Inferred or EdmType.String:
                        return reader.GetString()!;
                    case EdmType.DateTime:
                        return Date(ref reader, name);
                    case EdmType.Guid when reader.TryGetGuid(out var guid):
                        return guid;
                    case EdmType.Binary when reader.TryGetBytesFromBase64(out var bytes):
                        return bytes;
                    case EdmType.Int64 when Utf8Parser.TryParse(reader.ValueSpan, out long whole, out var read) && read == reader.ValueSpan.Length:
                        return whole;
                    default:
                        return Retyped(reader.GetString()!, type, name);
                }

            default:
                throw new JsonException($"The property '{name}' holds a {reader.TokenType}.");
        }
    }

    // Without an annotation a number with a point or an exponent is a Double, any other an Int32.
    private static object Number(ref Utf8JsonReader reader, EdmType type)
    {
        if (type == EdmType.Double || reader.ValueSpan.IndexOfAny(".eE"u8) >= 0)
            return reader.GetDouble();
        if (type == EdmType.Int64)
            return reader.GetInt64();
        return reader.TryGetInt32(out var number) ? number : reader.GetDouble();
    }

    private static object Date(ref Utf8JsonReader reader, string name)
    {
        if (!reader.TryGetDateTime(out var time))
            return Retyped(reader.GetString()!, EdmType.DateTime, name);
        return new DateTimeOffset(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime());
    }

    /// <summary>A value that was read before its type was known, or in an unusual form.</summary>
    private static object Retyped(object value, EdmType type, string name)
    {
        const DateTimeStyles asUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        switch (type, value)
        {
            case (EdmType.String, string) or (EdmType.Boolean, bool) or (EdmType.Int32, int) or (EdmType.Double, double):
                return value;
            case (EdmType.Double, int number):
                return (double)number;
            case (EdmType.Int64, int number):
                return (long)number;
            case (EdmType.Double, "NaN"):
                return double.NaN;
            case (EdmType.Double, "Infinity" or "INF"):
                return double.PositiveInfinity;
            case (EdmType.Double, "-Infinity" or "-INF"):
                return double.NegativeInfinity;
            case (EdmType.Double, string text) when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real):
                return real;
            case (EdmType.Int64, string text) when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                return whole;
            case (EdmType.DateTime, string text) when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, asUtc, out var date):
                return date;
            case (EdmType.Guid, string text) when Guid.TryParse(text, out var guid):
                return guid;
            case (EdmType.Binary, string text):
                try
                {
                    return Convert.FromBase64String(text);
                }
                catch (FormatException)
                {
                    break;
                }
        }

        throw new JsonException($"The property '{name}' holds '{TableRules.Show(value.ToString())}', which is no {type}.");
    }
}
