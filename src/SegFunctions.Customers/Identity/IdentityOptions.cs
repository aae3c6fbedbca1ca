namespace SegFunctions.Customers.Identity;

/// <summary>How sure a link must be, and what bounds the work.</summary>
public sealed record IdentityOptions
{
    /// <summary>Links at least this probable apply themselves; within (0, 1).</summary>
    public double ApplyAt { get; init; } = 0.6;

    /// <summary>Links below <see cref="ApplyAt"/> and at least this probable wait for a human; within (0, <see cref="ApplyAt"/>].</summary>
    public double ReviewAt { get; init; } = 0.1;

    /// <summary>A cluster of more records is refused and listed: nobody stands in one customer base so often. At least 2.</summary>
    public int LargestCluster { get; init; } = 60;

    /// <summary>An e-mail address or identifier on more records links nobody and is reported. At least 2.</summary>
    public int RecordsPerIdentifier { get; init; } = 12;

    /// <summary>A telephone number on more records links nobody and is reported; higher, because households and offices share one. At least 2.</summary>
    public int RecordsPerPhone { get; init; } = 20;

    /// <summary>Candidate pairs a record that blocking may make, on average. At least 1.</summary>
    public int PairsPerRecord { get; init; } = 30;

    /// <summary>Pairs listed for review, the most probable first; the rest is counted. At least 0.</summary>
    public int MostReviews { get; init; } = 10_000;

    /// <summary>Of the random pairs that tell how often strangers agree.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Null for one a processor; at least 1. Does not change the result.</summary>
    public int? Threads { get; init; }

    /// <summary>Every fault at once; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (!(ApplyAt > 0 && ApplyAt < 1))
            faults.Add($"{nameof(ApplyAt)} is {ApplyAt}; allowed is a probability between 0 and 1.");
        if (!(ReviewAt > 0 && ReviewAt <= ApplyAt))
            faults.Add($"{nameof(ReviewAt)} is {ReviewAt}; allowed is a probability above 0 and at most {nameof(ApplyAt)}.");
        Least(LargestCluster, 2, nameof(LargestCluster));
        Least(RecordsPerIdentifier, 2, nameof(RecordsPerIdentifier));
        Least(RecordsPerPhone, 2, nameof(RecordsPerPhone));
        Least(PairsPerRecord, 1, nameof(PairsPerRecord));
        Least(MostReviews, 0, nameof(MostReviews));
        Least(Threads ?? 1, 1, nameof(Threads));
        return faults;

        void Least(int value, int least, string name)
        {
            if (value < least)
                faults.Add($"{name} is {value}; at least {least} is needed.");
        }
    }
}
