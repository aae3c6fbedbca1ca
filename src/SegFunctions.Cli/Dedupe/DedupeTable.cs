using SegFunctions.Cli.Churn;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Tables;

namespace SegFunctions.Cli.Dedupe;

/// <summary>A file as records to be linked.</summary>
internal sealed record DedupeTable(FileTable File, RecordSet Records, bool HasIds)
{
    public static async Task<DedupeTable> ReadAsync(string path, string? id, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        // Every column as it is written: a telephone number is no number, and an id keeps its zeros.
        var file = await TableFile.ReadAsync(path, new TableFileOptions { Texts = await HeadersAsync(path, cancellationToken) }, cancellationToken);
        if (file.Rows == 0)
            throw new CommandFailedException($"{name} has columns but no rows below them. Export it again with its data.");
        var ids = id is null ? null : NamedColumn.Require(file, "--id", id, name);
        var records = RecordTables.Read(file, ids);
        return records.Columns.Count > 0
            ? new DedupeTable(file, records, ids is not null)
            : throw new CommandFailedException($"{name} has no column that says who somebody is: {string.Join("; ", records.Unused.Select(one => $"{one.Column}: {one.Reason}"))}. Name columns of names, e-mail, telephone, address, birth date or company by such headers.");
    }

    private static async Task<IReadOnlyList<string>> HeadersAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
        await using var file = await RecordReaders.OpenAsync(content, Path.GetFileName(path), new RecordReaderOptions(), cancellationToken);
        return [.. file.Reader.Header];
    }
}
