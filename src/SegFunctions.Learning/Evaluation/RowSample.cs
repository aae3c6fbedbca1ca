namespace SegFunctions.Learning.Evaluation;

/// <summary>Uniform samples of row numbers.</summary>
internal static class RowSample
{
    /// <summary>Without replacement, ascending: selection sampling (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S).</summary>
    public static int[] Without(int rows, int count, Xoshiro256 random)
    {
        var chosen = new int[count];
        var taken = 0;
        for (var row = 0; taken < count; row++)
        {
            if (random.NextInt(rows - row) < count - taken)
                chosen[taken++] = row;
        }

        return chosen;
    }

    /// <summary>With replacement, in the order drawn.</summary>
    public static int[] With(int rows, int count, Xoshiro256 random)
    {
        var chosen = new int[count];
        for (var i = 0; i < count; i++)
            chosen[i] = random.NextInt(rows);
        return chosen;
    }
}
