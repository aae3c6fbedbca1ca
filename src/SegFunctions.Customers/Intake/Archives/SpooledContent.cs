namespace SegFunctions.Customers.Intake.Archives;

/// <summary>Makes content seekable: in memory while it is small, else in a temporary file that is gone with the process.</summary>
internal static class SpooledContent
{
    private const int InMemory = 8 << 20;

    /// <summary>Reads <paramref name="content"/> to its end; the caller still owns it.</summary>
    /// <exception cref="Records.UnreadableFileException">It is larger than <see cref="ContentLimits.MaximumArchiveBytes"/>.</exception>
    public static async Task<Stream> OpenAsync(Stream content, ContentLimits limits, string folder, CancellationToken cancellationToken)
    {
        Stream spool = new MemoryStream();
        try
        {
            var buffer = new byte[128 << 10];
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (spool.Length + read > limits.MaximumArchiveBytes)
                    throw new Records.UnreadableFileException($"The archive or workbook is larger than {limits.MaximumArchiveBytes >> 20} MiB. Send its files one by one, or as CSV with gzip.");
                if (spool is MemoryStream memory && spool.Length + read > InMemory)
                {
                    spool = OpenFile(folder);
                    memory.WriteTo(spool);
                    await memory.DisposeAsync();
                }

                await spool.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            spool.Position = 0;
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    private static FileStream OpenFile(string folder)
    {
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(folder, $"segfunctions-archive-{Path.GetRandomFileName()}");
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
