using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Intake;

/// <summary>What became of a file.</summary>
/// <param name="Partitions">Partitions its canonical rows were split into, 1 to 256; 0 when no row was accepted.</param>
/// <param name="Parts">The partitions that hold rows, rising.</param>
/// <param name="Bytes">Of the canonical rows, unpacked.</param>
/// <param name="HasIdentifiers">Sealed identifiers were written for the same partitions.</param>
/// <param name="Earliest">Earliest timestamp (UTC) of an accepted row, before duplicates were dropped; null without one.</param>
/// <param name="Latest">Latest of them.</param>
/// <param name="SpilledBytes">Bytes that did not fit into memory and went through a temporary file.</param>
public sealed record IntakeResult(
    QualityReport Report, int Partitions, IReadOnlyList<PartCounts> Parts, long Bytes, bool HasIdentifiers, DateTime? Earliest, DateTime? Latest, long SpilledBytes)
{
    /// <summary>How the file was read, and why so. It shows first values: it is for the file's sender, and is not kept.</summary>
    public required FileExplanation Explanation { get; init; }
}

/// <summary>Rows and bytes (unpacked) of one partition.</summary>
public sealed record PartCounts(int Partition, long Rows, long Bytes);
