using System.Security.Cryptography;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Validation;

/// <summary>Takes a file in without storage, to see what intake would make of it.</summary>
/// <remarks>
/// Writes <c>canonical.csv</c>, <c>quarantine.csv</c> and <c>report.json</c>; each appears whole or not at all. Direct identifiers are left out of all but the
/// quarantine, for nothing seals them here. Without a secret the customer keys are made with a random one: they group the rows of one run but
/// match no other run and no lake.
/// </remarks>
/// <param name="keys">Null: a secret of this run's own.</param>
public sealed class FileValidation(CustomerKeyDerivation? keys, IntakeOptions options, TimeProvider time)
{
    public const string CanonicalName = "canonical.csv";
    public const string QuarantineName = "quarantine.csv";
    public const string ReportName = "report.json";

    private readonly CustomerKeyDerivation _keys = keys ?? new CustomerKeyDerivation(RandomNumberGenerator.GetBytes(32));

    /// <param name="file">Path of the file.</param>
    /// <param name="outFolder">Where the three files are written; null: nowhere.</param>
    /// <param name="strict">A single refused row is a failure.</param>
    /// <param name="dataset">Name of the dataset, which goes before all evidence; null: it is recognised.</param>
    /// <param name="mappingPath">The mapping; null: <c>&lt;file&gt;.mapping.json</c> or <c>mapping.json</c> beside the file, if there is one.</param>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be read, or was changed meanwhile.</exception>
    /// <exception cref="MappingException">The mapping has faults.</exception>
    public async Task<ValidationResult> ValidateAsync(string file, string? outFolder, bool strict, string? dataset, string? mappingPath, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new UnreadableFileException($"{file}: there is no such file.");
        var request = new IntakeRequest
        {
            FileName = Path.GetFileName(file),
            OpenAsync = _ => Task.FromResult<Stream>(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan)),
            Mapping = await MappingOfAsync(file, mappingPath, cancellationToken),
            Dataset = dataset,
            Folder = FolderOf(file),
            ReceivedAt = time.GetUtcNow().UtcDateTime,
        };

        var output = new FolderOutput(outFolder);
        var whole = options with { PartitionRows = long.MaxValue, PartitionBytes = long.MaxValue };
        var state = StateOf(file);
        var result = await new IntakeRun(_keys, whole).RunAsync(
            request,
            output,
            (_, _) => StateOf(file) == state
                ? Task.FromResult<IReadOnlyList<EarlierUpload>?>([])
                : throw new UnreadableFileException($"{request.FileName} was changed while it was read. Wait until it is complete and try again."),
            cancellationToken);
        if (result!.Partitions == 0)
            await output.WriteAsync(CanonicalName, (stream, cancel) => stream.WriteAsync(CanonicalLayout.Of(DatasetCatalog.Find(result.Report.Dataset)!, []).HeaderLine(), cancel).AsTask(), cancellationToken);
        await output.WriteAsync(ReportName, (stream, cancel) => stream.WriteAsync(QualityReportJson.Write(result.Report), cancel).AsTask(), cancellationToken);
        return new ValidationResult(result.Report, FailureOf(result.Report, strict), result.Explanation);
    }

    private static (long Length, DateTime Written) StateOf(string file) => new FileInfo(file) is { Exists: true } info ? (info.Length, info.LastWriteTimeUtc) : default;

    private static string? FailureOf(QualityReport report, bool strict)
    {
        var rows = report.Rows;
        if (rows.Accepted == 0)
            return $"{report.File}: none of its {rows.Read} rows was accepted{Most(report)}";
        return strict && rows.Refused > 0 ? $"{report.File}: {rows.Refused} of its {rows.Read} rows were refused{Most(report)}" : null;
    }

    private static string Most(QualityReport report)
    {
        if (report.RefusedByRule.Count == 0)
            return ".";
        var most = report.RefusedByRule[0];
        return $", most of them ({most.Count}) by the rule {most.Rule}, first on line {most.Lines[0]}: {most.Message} See {QuarantineName}.";
    }

    private static async Task<UploadMapping> MappingOfAsync(string file, string? mappingPath, CancellationToken cancellationToken)
    {
        if (mappingPath is not null && !File.Exists(mappingPath))
            throw new UnreadableFileException($"{mappingPath}: there is no such mapping.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var path = mappingPath ?? MappingFiles.NamesFor(Path.GetFileName(file)).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        var mapping = path is null ? UploadMapping.None : MappingReader.Read(path, await File.ReadAllBytesAsync(path, cancellationToken));
        if (mapping.Rates is not null)
            return mapping;
        var rates = Path.Combine(path is null ? folder : Path.GetDirectoryName(Path.GetFullPath(path))!, mapping.RatesFile ?? MappingFiles.Rates);
        if (File.Exists(rates))
            return mapping with { Rates = CurrencyRates.Read(rates, await File.ReadAllBytesAsync(rates, cancellationToken)) };
        return mapping.RatesFile is null ? mapping : throw new UnreadableFileException($"{rates}: there is no such file of rates, which {path} names.");
    }

    /// <summary>The folder below <c>uploads</c>, as the lake's uploads have it; any other folder's name says nothing.</summary>
    private static string? FolderOf(string file)
    {
        var folder = Directory.GetParent(Path.GetFullPath(file));
        return folder?.Parent?.Name == "uploads" ? folder.Name : null;
    }

    private sealed class FolderOutput(string? folder) : IntakeOutput
    {
        public override Task WritePartAsync(PartCounts part, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            WriteAsync(CanonicalName, write, cancellationToken);

        public override Task WriteIdentifiersAsync(int partition, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public override Task WriteRowIndexAsync(int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task WriteQuarantineAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            WriteAsync(QuarantineName, write, cancellationToken);

        public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
        {
            if (folder is null)
                return;
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, name);
            var unfinished = path + ".part";
            try
            {
                await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
                    await write(stream, cancellationToken);
                File.Move(unfinished, path, overwrite: true);
            }
            finally
            {
                File.Delete(unfinished);
            }
        }
    }
}
