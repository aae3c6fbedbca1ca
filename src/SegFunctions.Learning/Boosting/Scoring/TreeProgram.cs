namespace SegFunctions.Learning.Boosting.Scoring;

/// <summary>
/// A tree laid out to score 64 rows at once: every split is decided for all of them, and the number of the leaf, counted from the
/// left, is the sum of the leaves left behind at each turn to the right.
/// </summary>
internal sealed class TreeProgram
{
    /// <summary>Leaves that a byte can number.</summary>
    public const int MostLeaves = 256;

    private readonly List<NumericStep> _numeric = [];
    private readonly List<SetStep> _sets = [];
    private readonly List<TurnStep> _turns = [];
    private readonly List<double> _values = [];

    private TreeProgram(RegressionTree tree, int[] places, ScoringColumn[] columns)
    {
        Lay(tree, 0, places, columns);
        (Numeric, Sets, Turns, Values) = ([.. _numeric], [.. _sets], [.. _turns], [.. _values]);
        for (var turn = 0; turn < Turns.Length; turn++)
        {
            // Nobody reads who reached a leaf; all leaves write to one place after the splits.
            if (Turns[turn].Left < 0)
                Turns[turn].Left = Turns.Length;
            if (Turns[turn].Right < 0)
                Turns[turn].Right = Turns.Length;
        }
    }

    public NumericStep[] Numeric { get; }

    public SetStep[] Sets { get; }

    /// <summary>One a split, parents first.</summary>
    public TurnStep[] Turns { get; }

    /// <summary>Leaf values from left to right.</summary>
    public double[] Values { get; }

    /// <param name="places">One a column of the model: its place among <paramref name="columns"/>.</param>
    public static TreeProgram Of(RegressionTree tree, int[] places, ScoringColumn[] columns) => new(tree, places, columns);

    /// <summary>Lays a subtree; returns the place of its split, −1 for a leaf, and how many leaves it has.</summary>
    private (int Turn, int Leaves) Lay(RegressionTree tree, int node, int[] places, ScoringColumn[] columns)
    {
        if (tree.Feature[node] < 0)
        {
            _values.Add(tree.Value[node]);
            return (-1, 1);
        }

        var turn = _turns.Count;
        _turns.Add(default);
        var place = places[tree.Feature[node]];
        if (tree.Categories[node] >= 0)
        {
            _sets.Add(new SetStep(turn, place, columns[place].BytesLeft(tree, node)));
        }
        else
        {
            // Missing is the greatest byte and goes right by itself; one added to every byte makes it the least, and it goes left.
            var shift = tree.MissingLeft[node] ? 1 : 0;
            _numeric.Add(new NumericStep(turn, place, (byte)shift, (byte)(columns[place].PlaceOf(tree.Threshold[node]) + shift)));
        }

        var left = Lay(tree, tree.Left[node], places, columns);
        var right = Lay(tree, tree.Right[node], places, columns);
        _turns[turn] = new TurnStep { Left = left.Turn, Right = right.Turn, Behind = (byte)Math.Min(left.Leaves, byte.MaxValue) };
        return (turn, left.Leaves + right.Leaves);
    }

    /// <summary>Right when byte + shift (wrapping) is above the last.</summary>
    internal readonly record struct NumericStep(int Turn, int Column, byte Shift, byte Last);

    /// <summary>Left when the byte's bit is set.</summary>
    internal sealed record SetStep(int Turn, int Column, byte[] Left);

    internal struct TurnStep
    {
        public int Left;

        public int Right;

        /// <summary>Leaves of the left child.</summary>
        public byte Behind;
    }
}
