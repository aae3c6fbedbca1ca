namespace SegFunctions.Customers.Intake.Records;

/// <summary>A file ready to be read. Disposing it disposes the reader and the stream below.</summary>
public sealed record OpenedFile(RecordReader Reader, FileFormat Format) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Reader.DisposeAsync();
}
