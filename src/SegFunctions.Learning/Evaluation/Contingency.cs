using System.Runtime.InteropServices;

namespace SegFunctions.Learning.Evaluation;

/// <summary>How often labels of two partitions meet, and what information theory makes of it. Logarithms are natural.</summary>
internal sealed class Contingency
{
    private readonly List<(long Together, long First, long Second)> _cells = [];

    private Contingency(int rows, ICollection<long> first, ICollection<long> second)
    {
        Rows = rows;
        First = first;
        Second = second;
    }

    public int Rows { get; }

    /// <summary>Rows of every label of the first partition.</summary>
    public ICollection<long> First { get; }

    /// <summary>Rows of every label of the second partition.</summary>
    public ICollection<long> Second { get; }

    /// <summary>True when either partition determines the other: they differ by names alone.</summary>
    public bool Same => _cells.Count == First.Count && _cells.Count == Second.Count;

    public double MutualInformation
    {
        get
        {
            var sum = 0.0;
            foreach (var (together, first, second) in _cells)
                sum += (double)together / Rows * Math.Log(together * (double)Rows / (first * (double)second));
            return Math.Max(0, sum);
        }
    }

    public static Contingency Of(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
            throw new ArgumentException($"The partitions have {first.Count} and {second.Count} labels.", nameof(second));
        var together = new Dictionary<(int, int), long>();
        var inFirst = new Dictionary<int, long>();
        var inSecond = new Dictionary<int, long>();
        for (var row = 0; row < first.Count; row++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(together, (first[row], second[row]), out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(inFirst, first[row], out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(inSecond, second[row], out _)++;
        }

        var table = new Contingency(first.Count, inFirst.Values, inSecond.Values);
        foreach (var ((a, b), count) in together)
            table._cells.Add((count, inFirst[a], inSecond[b]));
        // By content, so that names and the order of rows decide no rounding.
        table._cells.Sort();
        return table;
    }

    /// <summary>Entropy of a partition from the rows of its labels.</summary>
    public double Entropy(ICollection<long> sizes)
    {
        var sum = 0.0;
        foreach (var size in sizes.Order())
            sum -= (double)size / Rows * Math.Log((double)size / Rows);
        return Math.Max(0, sum);
    }
}
