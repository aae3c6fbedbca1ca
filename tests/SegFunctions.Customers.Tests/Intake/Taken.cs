using System.Text;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Tests.Intake;

/// <summary>A text taken in as a file, with everything that came out.</summary>
internal sealed record Taken(IntakeResult Result, MemoryOutput Output)
{
    public static readonly CustomerKeyDerivation Keys = new(Encoding.UTF8.GetBytes("a secret for tests only"));

    public QualityReport Report => Result.Report;

    public string ReportText => Encoding.UTF8.GetString(QualityReportJson.Write(Report));

    public static Task<Taken> InAsync(
        string text, UploadMapping? mapping = null, IReadOnlyList<Taken>? lake = null, IntakeOptions? options = null, string? dataset = null, RowHash? hash = null, string name = "shop.csv", DateTime? receivedAt = null) =>
        InAsync(Encoding.UTF8.GetBytes(text), mapping, lake, options, dataset, hash, name, receivedAt);

    public static async Task<Taken> InAsync(
        byte[] content, UploadMapping? mapping = null, IReadOnlyList<Taken>? lake = null, IntakeOptions? options = null, string? dataset = null, RowHash? hash = null, string name = "shop.csv", DateTime? receivedAt = null)
    {
        var request = new IntakeRequest
        {
            FileName = name,
            OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(content)),
            Mapping = mapping ?? UploadMapping.None,
            Dataset = dataset,
            ReceivedAt = receivedAt,
        };
        var output = new MemoryOutput();
        var run = new IntakeRun(Keys, options ?? new IntakeOptions { Workers = 2 }, hash ?? RowHash.Standard);
        var result = await run.RunAsync(
            request,
            output,
            (_, _) => Task.FromResult<IReadOnlyList<EarlierUpload>?>([.. (lake ?? []).Where(taken => taken.Result.Partitions > 0).Select(taken => taken.Output.AsEarlier())]),
            CancellationToken.None);
        return new Taken(result!, output);
    }

    public static UploadMapping Mapping(string json) => MappingReader.Read("mapping.json", Encoding.UTF8.GetBytes(json));
}
