namespace SegFunctions.Learning.Boosting.Scoring;

/// <summary>
/// A tree laid out to score 64 rows at once: every split is decided for all of them, and the number of the leaf, counted from the
/// left, is the sum of the leaves left behind at each turn to the right.
/// </summary>
internal sealed class TreeProgram
{
    /// <summary>Leaves that a byte can number.</summary>
    public const int MostLeaves = 256;

    /// <param name="places">One a column of the model: its place among <paramref name="columns"/>.</param>
    public TreeProgram(RegressionTree tree, int[] places, ScoringColumn[] columns)
    {
        // Nodes stand behind their parents, and mostly far behind: a turn seldom waits for the one before it.
        int[] splits = [.. Enumerable.Range(0, tree.Nodes).Where(node => tree.Feature[node] >= 0)];
        var turnOf = new int[tree.Nodes];
        // Nobody reads who reached a leaf; all leaves write to one place after the splits.
        Array.Fill(turnOf, splits.Length);
        for (var turn = 0; turn < splits.Length; turn++)
            turnOf[splits[turn]] = turn;

        var leaves = LeavesBelow(tree);
        var sets = new List<SetStep>();
        Turns = new TurnStep[splits.Length];
        for (var turn = 0; turn < splits.Length; turn++)
        {
            var node = splits[turn];
            var (left, right) = (tree.Left[node], tree.Right[node]);
            var place = places[tree.Feature[node]];
            var (column, shift, last) = (place, 0, byte.MaxValue / 2);
            if (tree.Categories[node] >= 0)
            {
                column = columns.Length + sets.Count;
                sets.Add(new SetStep(place, columns[place].BytesLeft(tree, node)));
            }
            else
            {
                // Missing is the greatest byte and goes right by itself; one added to every byte makes it the least, and it goes left.
                shift = tree.MissingLeft[node] ? 1 : 0;
                last = columns[place].PlaceOf(tree.Threshold[node]) + shift;
            }

            Turns[turn] = new TurnStep(column, turnOf[left], turnOf[right], (byte)shift, (byte)last, (byte)Math.Min(leaves[left], byte.MaxValue));
        }

        Sets = [.. sets];
        Values = LeafValues(tree, leaves);
    }

    /// <summary>Splits by category, each decided before the turns as one more column: 255 for rows that go right, 0 for the others.</summary>
    public SetStep[] Sets { get; }

    /// <summary>One a split, parents first.</summary>
    public TurnStep[] Turns { get; }

    /// <summary>Leaf values from left to right.</summary>
    public double[] Values { get; }

    private static int[] LeavesBelow(RegressionTree tree)
    {
        var leaves = new int[tree.Nodes];
        for (var node = tree.Nodes - 1; node >= 0; node--)
            leaves[node] = tree.Feature[node] < 0 ? 1 : leaves[tree.Left[node]] + leaves[tree.Right[node]];
        return leaves;
    }

    private static double[] LeafValues(RegressionTree tree, int[] leaves)
    {
        var values = new double[leaves[0]];
        var before = new int[tree.Nodes];
        for (var node = 0; node < tree.Nodes; node++)
        {
            if (tree.Feature[node] < 0)
            {
                values[before[node]] = tree.Value[node];
                continue;
            }

            before[tree.Left[node]] = before[node];
            before[tree.Right[node]] = before[node] + leaves[tree.Left[node]];
        }

        return values;
    }

    /// <param name="Left">Left when the byte's bit is set.</param>
    internal sealed record SetStep(int Column, byte[] Left);

    /// <summary>Right when the column's byte + shift (wrapping) is above the last.</summary>
    /// <param name="Left">Turn of those who go left.</param>
    /// <param name="Right">Turn of those who go right.</param>
    /// <param name="Behind">Leaves of the left child.</param>
    internal readonly record struct TurnStep(int Column, int Left, int Right, byte Shift, byte Last, byte Behind);
}
