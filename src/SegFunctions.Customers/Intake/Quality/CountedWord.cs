using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>A word of a column of few words.</summary>
internal sealed class CountedWord(ulong hash, byte[] word)
{
    public ulong Hash { get; } = hash;

    public byte[] Word { get; } = word;

    public long Count { get; set; }

    /// <summary>What whoever reads the column makes of the word each time, once that is known and there is nothing to say about it; else null.</summary>
    public KnownText? Reading { get; set; }
}
