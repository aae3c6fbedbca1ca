namespace SegFunctions.Learning.Clustering;

/// <summary>How many micro-segments each main segment is given: in proportion to its rows, as seats are to votes.</summary>
internal static class MicroSegmentAllotment
{
    /// <summary>Mean rows of a micro-segment, in smallest ones, where there is a choice of their number.</summary>
    private const int MeanInSmallest = 4;

    /// <summary>How many are aimed at: as many as leave room above the smallest size, from fewest to most.</summary>
    public static int Target(int rows, int smallest, MicroSegmentOptions options) =>
        (int)Math.Clamp(rows / ((long)MeanInSmallest * smallest), options.Fewest, options.Most);

    /// <summary>
    /// One for every segment that has rows; each further one to the segment whose micro-segments are the largest then (D'Hondt's
    /// rule), the lower number among equals, until there are enough or no segment can take more.
    /// </summary>
    /// <param name="sizes">Rows of each main segment.</param>
    /// <param name="room">The most each can hold.</param>
    public static int[] Of(ReadOnlySpan<int> sizes, ReadOnlySpan<int> room, int target)
    {
        var given = new int[sizes.Length];
        var total = 0;
        for (var segment = 0; segment < sizes.Length; segment++)
        {
            given[segment] = sizes[segment] > 0 ? 1 : 0;
            total += given[segment];
        }

        for (; total < target; total++)
        {
            var next = -1;
            for (var segment = 0; segment < sizes.Length; segment++)
            {
                if (given[segment] < room[segment] && (next < 0 || (long)sizes[segment] * (given[next] + 1) > (long)sizes[next] * (given[segment] + 1)))
                    next = segment;
            }

            if (next < 0)
                break;
            given[next]++;
        }

        return given;
    }
}
