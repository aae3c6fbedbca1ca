namespace SegFunctions.Learning.Classification.Design;

/// <summary>Rows dealt out to folds so that each has its share of both classes.</summary>
internal static class RowFolds
{
    /// <returns>The fold of each row, 0 to <paramref name="folds"/> − 1.</returns>
    public static int[] Stratified(bool[] positive, int folds, long seed)
    {
        var order = new int[positive.Length];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        new Xoshiro256(seed, stream: 1).Shuffle(order.AsSpan());
        var fold = new int[positive.Length];
        Span<int> next = [0, 0];
        foreach (var row in order)
        {
            ref var turn = ref next[positive[row] ? 1 : 0];
            // Negatives are dealt from the other end, so that no fold gets the remainder of both.
            fold[row] = positive[row] ? turn : folds - 1 - turn;
            turn = (turn + 1) % folds;
        }

        return fold;
    }
}
