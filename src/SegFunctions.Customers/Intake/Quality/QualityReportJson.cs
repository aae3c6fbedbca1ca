using System.Text.Encodings.Web;
using System.Text.Json;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary><c>report.json</c>: the report in camel case, indented, the same bytes for the same report.</summary>
public static class QualityReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    /// <summary>The same on one line.</summary>
    public static byte[] WriteCompact(QualityReport report) => JsonSerializer.SerializeToUtf8Bytes(report, OneLine);

    public static byte[] Write(QualityReport report) => [.. JsonSerializer.SerializeToUtf8Bytes(report, Options), (byte)'\n'];

    /// <exception cref="JsonException">It is no report.</exception>
    public static QualityReport Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<QualityReport>(json, Options) ?? throw new JsonException("A report holds null.");
}
