namespace SegFunctions.App.Refresh;

/// <summary>What publishing came to; the groups' totals add up to the run's.</summary>
/// <param name="Customers">Customers with a row.</param>
/// <param name="Revenue">Sum of their revenue.</param>
/// <param name="RowsWritten">Rows that had changed.</param>
/// <param name="Segments">Members and their revenue by segment.</param>
internal sealed record RunTotals(
    int Customers, double Revenue, long RowsWritten, IReadOnlyDictionary<string, SegmentTotal> Segments)
{
    /// <summary>Adds in the order given, so that the sums of revenue are the same on every run.</summary>
    public static RunTotals Sum(IEnumerable<RunTotals> parts)
    {
        var customers = 0;
        double revenue = 0;
        long rows = 0;
        var segments = new SortedDictionary<string, SegmentTotal>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            customers += part.Customers;
            revenue += part.Revenue;
            rows += part.RowsWritten;
            foreach (var (segment, total) in part.Segments)
            {
                var sum = segments.GetValueOrDefault(segment) ?? new SegmentTotal(0, 0);
                segments[segment] = new SegmentTotal(sum.Members + total.Members, sum.Revenue + total.Revenue);
            }
        }

        return new RunTotals(customers, revenue, rows, segments);
    }
}

/// <summary>Members of one segment and the sum of their revenue.</summary>
internal sealed record SegmentTotal(int Members, double Revenue);

/// <summary>One partition or group of a run.</summary>
internal sealed record RunPart(string RunId, int Part);

/// <summary>A run whose rows are all written.</summary>
internal sealed record FinishedRun(string RunId, RunTotals Totals);

/// <summary>A run that cannot go on.</summary>
internal sealed record FailedRun(string RunId, string Error);
