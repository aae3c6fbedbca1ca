namespace SegFunctions.Learning;

/// <summary>
/// Rows cut into chunks whose borders depend on the number of rows alone. Work that keeps its partial sums by chunk and adds
/// them in chunk order gives the same bytes on one thread and on sixty-four.
/// </summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="Size">Rows of every chunk but the last.</param>
internal readonly record struct FixedChunks(int Rows, int Size)
{
    public int Count => Rows == 0 ? 0 : ((Rows - 1) / Size) + 1;

    /// <summary>At most <paramref name="most"/> chunks of at least <paramref name="smallest"/> rows, a multiple of 16 each.</summary>
    public static FixedChunks Of(int rows, int most = 64, int smallest = 1024)
    {
        var size = Math.Max(smallest, (int)(((long)rows + most - 1) / most));
        return new FixedChunks(rows, (size + 15) & ~15);
    }

    public int Start(int chunk) => chunk * Size;

    public int End(int chunk) => (int)Math.Min(Rows, ((long)chunk + 1) * Size);
}
