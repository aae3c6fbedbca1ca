namespace SegFunctions.Storage.Tables.Filters;

/// <summary>
/// The keys between which all rows that a filter matches lie: its conditions on the keys, as far as they stand under
/// nothing but <c>and</c>. It only saves work; the filter still decides about every row.
/// </summary>
internal sealed class KeyRange
{
    private KeyRange()
    {
    }

    /// <summary>No matching row is before this key; null when any may match.</summary>
    public string? FirstPartition { get; private set; }

    /// <summary>No matching row of <see cref="FirstPartition"/> is before this key.</summary>
    public string FirstRow { get; private set; } = "";

    /// <summary>No matching row is in a later partition; null when any may match.</summary>
    public string? LastPartition { get; private set; }

    /// <summary>No matching row of <see cref="LastPartition"/> is after this key; null when any may match.</summary>
    public string? LastRow { get; private set; }

    public static KeyRange Of(FilterExpression? filter)
    {
        var range = new KeyRange();
        string? firstRow = null;
        string? lastRow = null;
        if (filter is not null)
            range.Narrow(filter, ref firstRow, ref lastRow);

        // The row keys of a range of partitions say nothing about where in it the rows are.
        if (range.FirstPartition is not null && range.FirstPartition == range.LastPartition)
        {
            range.FirstRow = firstRow ?? "";
            range.LastRow = lastRow;
        }

        return range;
    }

    private void Narrow(FilterExpression filter, ref string? firstRow, ref string? lastRow)
    {
        switch (filter)
        {
            case FilterExpression.And and:
                Narrow(and.Left, ref firstRow, ref lastRow);
                Narrow(and.Right, ref firstRow, ref lastRow);
                break;
            case FilterExpression.Compare { Left.Name: { } name, Right: { Name: null, Literal: string key } } compare:
                Narrow(name, compare.Comparison, key, ref firstRow, ref lastRow);
                break;
            case FilterExpression.Compare { Right.Name: { } name, Left: { Name: null, Literal: string key } } compare:
                Narrow(name, compare.Comparison.Flipped, key, ref firstRow, ref lastRow);
                break;
        }
    }

    private void Narrow(string name, FilterComparison comparison, string key, ref string? firstRow, ref string? lastRow)
    {
        if (name == TableEntity.PartitionKeyName)
        {
            if (!comparison.Less && (FirstPartition is null || string.CompareOrdinal(key, FirstPartition) > 0))
                FirstPartition = key;
            if (!comparison.Greater && (LastPartition is null || string.CompareOrdinal(key, LastPartition) < 0))
                LastPartition = key;
        }
        else if (name == TableEntity.RowKeyName)
        {
            if (!comparison.Less && (firstRow is null || string.CompareOrdinal(key, firstRow) > 0))
                firstRow = key;
            if (!comparison.Greater && (lastRow is null || string.CompareOrdinal(key, lastRow) < 0))
                lastRow = key;
        }
    }
}
