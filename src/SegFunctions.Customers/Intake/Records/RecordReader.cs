namespace SegFunctions.Customers.Intake.Records;

/// <summary>Reads a file, whatever its format, as batches of records with UTF-8 fields.</summary>
/// <remarks>
/// Memory is independent of the file's size: a batch holds some hundred kilobytes of input and goes back to a pool when
/// it is disposed. One thread reads; batches may be worked on by others meanwhile.
/// </remarks>
public abstract class RecordReader : IAsyncDisposable
{
    /// <summary>
    /// Names of the columns by position, as the file spells them; for a file without header the 1-based positions. A format
    /// without fixed columns (NDJSON) may add names at the end between two batches.
    /// </summary>
    public abstract IReadOnlyList<string> Header { get; }

    /// <summary>What was put right so far; complete when the last batch has been read.</summary>
    public virtual IReadOnlyList<ReaderRepair> Repairs => [];

    /// <summary>The next records in file order, or null at the end of the file.</summary>
    /// <exception cref="UnreadableFileException">The file itself is damaged: a truncated gzip, a binary file.</exception>
    public abstract ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
