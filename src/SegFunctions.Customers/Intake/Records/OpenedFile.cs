namespace SegFunctions.Customers.Intake.Records;

/// <summary>A file ready to be read. Disposing it disposes the reader and the streams below.</summary>
public sealed record OpenedFile(RecordReader Reader, FileFormat Format) : IAsyncDisposable
{
    /// <summary>The content that was copied to be read, if it was.</summary>
    internal IAsyncDisposable? Content { get; init; }

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        if (Content is not null)
            await Content.DisposeAsync();
    }
}
