namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>What the lake holds of the same dataset from one earlier upload, as duplicates are looked for in it.</summary>
/// <remarks>Its rows stand as intake wrote them: partitions by key prefix, rows in the order of the key's first byte.</remarks>
public abstract class EarlierUpload
{
    /// <summary>For messages.</summary>
    public abstract string Name { get; }

    /// <summary>Partitions its rows are split into: a power of two, 1 to 256.</summary>
    public abstract int Partitions { get; }

    /// <summary>Its row index as <see cref="IntakeOutput.WriteRowIndexAsync"/> got it, or null without one: then all its rows are read.</summary>
    public abstract ValueTask<Stream?> OpenRowIndexAsync(CancellationToken cancellationToken);

    /// <summary>A partition's canonical CSV, unpacked, or null where it has no rows. It may be opened several times.</summary>
    public abstract ValueTask<Stream?> OpenPartAsync(int partition, CancellationToken cancellationToken);
}
