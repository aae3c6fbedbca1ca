using System.Text.Encodings.Web;
using System.Text.Json;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>Writes rows as OData JSON. The rows have passed <see cref="TableRules"/>.</summary>
internal static class EntityWriter
{
    // The body is UTF-8 JSON and nothing else, so that only what JSON itself demands is escaped.
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private const string Annotation = "@odata.type";

    public static void Write(Utf8JsonWriter writer, TableEntity entity)
    {
        writer.WriteStartObject();
        writer.WriteString("PartitionKey"u8, entity.PartitionKey);
        writer.WriteString("RowKey"u8, entity.RowKey);
        var names = entity.PropertyNames;
        var values = entity.PropertyValues;
        for (var i = 0; i < names.Length; i++)
        {
            if (values[i] is { } value)
                Write(writer, names[i], value);
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    private static void Write(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(name, text);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case double number:
                Annotate(writer, name, "Edm.Double"u8);
                if (double.IsFinite(number))
                    writer.WriteNumber(name, number == 0 ? 0 : number);
                else
                    writer.WriteString(name, double.IsNaN(number) ? "NaN"u8 : number > 0 ? "Infinity"u8 : "-Infinity"u8);
                break;
            case long number:
                Annotate(writer, name, "Edm.Int64"u8);
                Span<byte> digits = stackalloc byte[20];
                number.TryFormat(digits, out var length);
                writer.WriteString(name, digits[..length]);
                break;
            case DateTimeOffset date:
                Annotate(writer, name, "Edm.DateTime"u8);
                writer.WriteString(name, date.UtcDateTime);
                break;
            case DateTime time:
                Annotate(writer, name, "Edm.DateTime"u8);
                writer.WriteString(name, time.ToUniversalTime());
                break;
            case Guid guid:
                Annotate(writer, name, "Edm.Guid"u8);
                writer.WriteString(name, guid);
                break;
            case byte[] bytes:
                Annotate(writer, name, "Edm.Binary"u8);
                writer.WriteBase64String(name, bytes);
                break;
            case BinaryData data:
                Annotate(writer, name, "Edm.Binary"u8);
                writer.WriteBase64String(name, data.ToMemory().Span);
                break;
            default:
                throw new InvalidOperationException($"A {value.GetType().Name} passed the check of the row.");
        }
    }

    private static void Annotate(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> type)
    {
        Span<char> annotation = stackalloc char[TableRules.MaxNameLength + Annotation.Length];
        name.CopyTo(annotation);
        Annotation.CopyTo(annotation[name.Length..]);
        writer.WriteString(annotation[..(name.Length + Annotation.Length)], type);
    }
}
