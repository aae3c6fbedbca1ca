using System.Text;
using System.Text.Json;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>A record as quarantine may show it where a column of the file may not be stored.</summary>
internal static class RecordWithoutRefused
{
    /// <summary>Stands in the place of what is not kept.</summary>
    public const string NotKept = "[not kept]";

    /// <summary>The record with <see cref="NotKept"/> in the refused columns. Where fields cannot be told apart, or do not stand below their headers, nothing of it is shown.</summary>
    public static byte[] Write(RecordBatch batch, int record, FilePlan plan)
    {
        if (batch.Fault(record) is not null || !IsAligned(batch, record, plan))
            return Encoding.UTF8.GetBytes(NotKept);
        return plan.MayHaveFewerFields ? WriteObject(batch, record, plan) : WriteFields(batch, record, plan, (byte)(plan.Delimiter ?? CsvDelimiter.Comma));
    }

    /// <summary>Each field stands below its header.</summary>
    public static bool IsAligned(RecordBatch batch, int record, FilePlan plan) =>
        batch.Fault(record) is null && (plan.MayHaveFewerFields ? batch.FieldCount(record) <= plan.Columns.Length : batch.FieldCount(record) == plan.Columns.Length);

    private static byte[] WriteFields(RecordBatch batch, int record, FilePlan plan, byte delimiter)
    {
        var line = new ByteWriter(256);
        for (var column = 0; column < plan.Columns.Length; column++)
        {
            if (column > 0)
                line.Add(delimiter);
            var value = plan.Columns[column].Use == ColumnUse.Refused ? (batch.Field(record, column).Length == 0 ? default : "[not kept]"u8) : batch.Field(record, column);
            CsvField.Add(line, value, delimiter);
        }

        return line.Written.ToArray();
    }

    private static byte[] WriteObject(RecordBatch batch, int record, FilePlan plan)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            for (var column = 0; column < plan.Columns.Length; column++)
            {
                var value = batch.Field(record, column);
                if (value.Length > 0)
                    json.WriteString(plan.Columns[column].Header, plan.Columns[column].Use == ColumnUse.Refused ? Encoding.UTF8.GetBytes(NotKept) : value);
            }

            json.WriteEndObject();
        }

        return memory.ToArray();
    }
}
