using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegFunctions.Learning.Boosting.Scoring;

/// <summary>
/// Adds trees to the margins of rows, 64 rows at a time without a branch: a byte a row and column, one comparison a split for all 64,
/// then who turns where. Of the family of QuickScorer (Lucchese et al. 2015) and RapidScorer (Ye et al. 2018): it looks at every split,
/// but at 64 rows with one instruction, where a walk looks at few and waits for each.
/// </summary>
internal sealed class BlockScoring(TreePrograms programs, Matrix rows, double[] margins, int outputs) : IChunkWork
{
    private const int Block = 64;
    private const int ChunkRows = 16 * Block;

    private static readonly Vector512<byte> BitOfByte = Vector512.Create(Vector256.Create(Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, (byte)128)));

    private readonly FixedChunks _chunks = new(rows.Rows, ChunkRows);

    public void Add(ChunkTeam team) => team.Run(this, _chunks.Count);

    public unsafe void Run(int chunk)
    {
        var columns = programs.Used.Length + programs.MostSets;
        // The columns, then who reaches each split; the last place takes those who reached a leaf. A line of the cache each: vectors
        // that lie across two lines take several times as long.
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)(columns + programs.MostSplits + 1) * Block, Block);
        try
        {
            Run(chunk, memory, memory + (columns * Block));
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private unsafe void Run(int chunk, byte* bytes, byte* reach)
    {
        Span<byte> leaves = stackalloc byte[Block];
        for (var start = _chunks.Start(chunk); start < _chunks.End(chunk); start += Block)
        {
            var count = Math.Min(Block, _chunks.End(chunk) - start);
            ToBytes(start, count, bytes);
            for (var tree = 0; tree < programs.Trees.Length; tree++)
            {
                var program = programs.Trees[tree];
                Leaves(program, bytes, bytes + (programs.Used.Length * Block), reach).CopyTo(leaves);
                var values = program.Values;
                var target = margins.AsSpan((start * outputs) + (tree % outputs));
                for (var row = 0; row < count; row++)
                    target[row * outputs] += values[leaves[row]];
            }
        }
    }

    /// <summary>Column after column, 64 bytes each; those after the last row keep whatever was there.</summary>
    private unsafe void ToBytes(int start, int count, byte* bytes)
    {
        for (var row = 0; row < count; row++)
        {
            var values = rows.Row(start + row);
            for (var place = 0; place < programs.Used.Length; place++)
                bytes[(place * Block) + row] = programs.Columns[place].Of(values[programs.Used[place]]);
        }
    }

    /// <summary>The number of each row's leaf.</summary>
    /// <param name="decided">Behind the columns: where the splits by category are put.</param>
    private static unsafe Vector512<byte> Leaves(TreeProgram program, byte* bytes, byte* decided, byte* reach)
    {
        for (var set = 0; set < program.Sets.Length; set++)
        {
            var step = program.Sets[set];
            NotIn(step.Left, Vector512.LoadAligned(bytes + (step.Column * Block))).StoreAligned(decided + (set * Block));
        }

        Vector512<byte>.AllBitsSet.StoreAligned(reach);
        var leaf = Vector512<byte>.Zero;
        var turns = program.Turns;
        for (var turn = 0; turn < turns.Length; turn++)
        {
            ref readonly var step = ref turns[turn];
            var all = Vector512.LoadAligned(reach + (turn * Block));
            var shifted = Vector512.LoadAligned(bytes + (step.Column * Block)) + Vector512.Create(step.Shift);
            var going = all & Vector512.GreaterThan(shifted, Vector512.Create(step.Last));
            going.StoreAligned(reach + (step.Right * Block));
            Vector512.AndNot(all, going).StoreAligned(reach + (step.Left * Block));
            leaf += going & Vector512.Create(step.Behind);
        }

        return leaf;
    }

    /// <summary>All bits where the byte's bit among 256 is not set.</summary>
    private static Vector512<byte> NotIn(byte[] set, Vector512<byte> bytes)
    {
        var low = Vector512.Create(Vector256.Create(Vector128.LoadUnsafe(ref set[0])));
        var high = Vector512.Create(Vector256.Create(Vector128.LoadUnsafe(ref set[16])));
        var place = (bytes >> 3) & Vector512.Create((byte)15);
        var isHigh = Vector512.GreaterThan(bytes, Vector512.Create((byte)127));
        var word = Vector512.ConditionalSelect(isHigh, Pick(high, place), Pick(low, place));
        var bit = Pick(BitOfByte, bytes & Vector512.Create((byte)7));
        return Vector512.Equals(word & bit, Vector512<byte>.Zero);
    }

    /// <summary>Entry <paramref name="places"/> (0 to 15) of a table of sixteen bytes, which stands in each quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Pick(Vector512<byte> table, Vector512<byte> places)
    {
        if (Avx512BW.IsSupported)
            return Avx512BW.Shuffle(table, places);
        var sixteen = table.GetLower().GetLower();
        return Vector512.Create(
            Vector256.Create(Vector128.Shuffle(sixteen, places.GetLower().GetLower()), Vector128.Shuffle(sixteen, places.GetLower().GetUpper())),
            Vector256.Create(Vector128.Shuffle(sixteen, places.GetUpper().GetLower()), Vector128.Shuffle(sixteen, places.GetUpper().GetUpper())));
    }
}
