using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Intake;

/// <summary>Where an intake puts what it made. Nothing is asked of it before the whole file has been read and checked.</summary>
/// <remarks>
/// Each method gets a function that writes the content to a stream; it may be called again when a first attempt failed, and writes the
/// same bytes again. Content is not packed; the output packs and seals as it likes. Partitions and the index are written at the same time, in any order; the quarantine comes after them.
/// </remarks>
public abstract class IntakeOutput
{
    /// <summary>Judges the file beside the earlier ones, before anything of it is written. A report that is held (<see cref="Drift.DriftReport.IsHeld"/>) gets its quarantine written, and no rows.</summary>
    /// <returns>The report, with what the output found.</returns>
    public virtual Task<QualityReport> JudgeAsync(QualityReport report, CancellationToken cancellationToken) => Task.FromResult(report);

    /// <summary>Canonical rows whose keys lie in one partition (<see cref="CustomerKey.Partition"/>), in the order of the key's first byte, and the rows of each customer in the order of the file. Partitions without rows are left out.</summary>
    public abstract Task WritePartAsync(PartCounts part, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Direct identifiers of the same rows as CSV: key, raw ids, names, addresses. They must be sealed. Left out where there are none.</summary>
    public abstract Task WriteIdentifiersAsync(int partition, int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>The hashes of the accepted rows, by which later intakes find duplicates. Left out where no row was accepted.</summary>
    public abstract Task WriteRowIndexAsync(int partitions, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>The refused rows as CSV: <c>line,column,value,rule,severity,message,cure,raw</c>. Written also when it holds nothing but its header.</summary>
    public abstract Task WriteQuarantineAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);
}
