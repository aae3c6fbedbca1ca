namespace SegFunctions.Customers.Intake;

/// <summary>Limits of an intake. None of them changes what it makes, but the size of partitions.</summary>
public sealed record IntakeOptions
{
    /// <summary>Threads that check, convert, settle and write rows, 1 to 256.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>Bytes of rows held in memory before they go to a temporary file, at least 4 KiB.</summary>
    public long MemoryBudget { get; init; } = 256L << 20;

    /// <summary>Folder of the temporary file.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Rows of one bucket among which duplicates are looked for at once, at least 1 (100 bytes each).</summary>
    public int DuplicateRowsAtOnce { get; init; } = 1 << 20;

    /// <summary>Records from which dates and numbers are inferred, 1 to 1,000,000.</summary>
    public int SampleRecords { get; init; } = 2_000;

    /// <summary>Rows that make a partition worth having, at least 1.</summary>
    public long PartitionRows { get; init; } = 500_000;

    /// <summary>Bytes that make a partition worth having, at least 1.</summary>
    public long PartitionBytes { get; init; } = 64L << 20;

    /// <exception cref="ArgumentException">Something is out of range; every fault is listed.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(Workers is >= 1 and <= 256, $"Workers is {Workers}; 1 to 256 are allowed.");
        Check(MemoryBudget >= 4 << 10, $"MemoryBudget is {MemoryBudget} bytes; at least 4,096 are needed.");
        Check(!string.IsNullOrWhiteSpace(TemporaryFolder), "TemporaryFolder is empty.");
        Check(DuplicateRowsAtOnce >= 1, $"DuplicateRowsAtOnce is {DuplicateRowsAtOnce}; at least 1 is needed.");
        Check(SampleRecords is >= 1 and <= 1_000_000, $"SampleRecords is {SampleRecords}; 1 to 1,000,000 are allowed.");
        Check(PartitionRows >= 1, $"PartitionRows is {PartitionRows}; at least 1 is needed.");
        Check(PartitionBytes >= 1, $"PartitionBytes is {PartitionBytes}; at least 1 is needed.");
        if (faults.Count > 0)
            throw new ArgumentException("The options of the intake are wrong: " + string.Join(" ", faults));

        void Check(bool right, string fault)
        {
            if (!right)
                faults.Add(fault);
        }
    }
}
