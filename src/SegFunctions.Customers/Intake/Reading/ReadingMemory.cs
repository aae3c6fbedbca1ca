namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What earlier attempts at a file have taught about the readings of its columns.</summary>
/// <param name="Preferred">What the beginning of the file spoke for, by column.</param>
/// <param name="Current">What to try now.</param>
internal sealed record ReadingMemory(IReadOnlyList<ColumnReading> Preferred, IReadOnlyList<ColumnReading> Current)
{
    /// <summary>What to try after these contradictions. No column goes back to what was contradicted, so attempts come to an end.</summary>
    public ReadingMemory After(IEnumerable<(int Column, Contradiction Contradiction)> contradictions)
    {
        var next = Current.ToArray();
        foreach (var (column, contradiction) in contradictions)
            next[column] = Current[column].Contradicted(contradiction, Preferred[column]);
        return this with { Current = next };
    }
}
