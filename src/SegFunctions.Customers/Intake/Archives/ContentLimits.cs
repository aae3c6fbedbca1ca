namespace SegFunctions.Customers.Intake.Archives;

/// <summary>How far packed content may grow. What breaks a limit is refused as a whole, so no upload can fill a disk or hold a worker for hours.</summary>
public sealed record ContentLimits
{
    /// <summary>Bytes that content may grow to before its ratio counts: small files of one repeated line pack well and do no harm.</summary>
    public long FreeBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of content for one packed byte at most. Tables pack to a fifth or a tenth, logs to a fiftieth; deflate ends at 1,032.</summary>
    public int MaximumRatio { get; init; } = 400;

    /// <summary>Bytes of content at most.</summary>
    public long MaximumBytes { get; init; } = 64L << 30;

    /// <summary>Bytes of an archive or workbook at most: it is kept in a temporary file while it is read.</summary>
    public long MaximumArchiveBytes { get; init; } = 4L << 30;

    /// <summary>Entries of an archive at most.</summary>
    public int MaximumEntries { get; init; } = 10_000;

    /// <summary>Bytes of the texts that a workbook's cells share, and of each of its smaller parts: they are held in memory.</summary>
    public int MaximumSharedBytes { get; init; } = 192 << 20;

    /// <summary>Whether content of <paramref name="bytes"/> from <paramref name="packed"/> bytes is more than anybody sends on purpose.</summary>
    public bool IsBroken(long bytes, long packed) => bytes > MaximumBytes || (bytes > FreeBytes && bytes / MaximumRatio > packed);

    /// <summary>What to tell the sender.</summary>
    public string Describe(string what, long bytes, long packed) => bytes > MaximumBytes
        ? $"{what} unpacks to more than {MaximumBytes >> 30} GiB, which is the most that is taken. Send the data in several files."
        : $"{what} unpacks to more than {MaximumRatio} times its size ({packed} bytes make more than {bytes}), as no table does: it is damaged or a trap. Send the file unpacked.";
}
