namespace SegFunctions.Learning.Preparation;

/// <summary>A column of the result while it is being decided whether there will be one: winsorised values of the rows of the fit.</summary>
internal abstract class DraftOutput(OutputColumn column)
{
    public OutputColumn Column { get; } = column;

    /// <summary>Two values alone: only where they change matters, not which they are.</summary>
    public abstract bool IsFlag { get; }

    /// <summary>The values of as many rows as <paramref name="target"/> has room for.</summary>
    public abstract void CopyTo(int start, Span<double> target);

    /// <summary>Numbers, days, flags.</summary>
    internal sealed class Values(OutputColumn column, double[] prepared, bool isFlag) : DraftOutput(column)
    {
        public override bool IsFlag => isFlag;

        public override void CopyTo(int start, Span<double> target) => prepared.AsSpan(start, target.Length).CopyTo(target);
    }

    /// <summary>One text of a category.</summary>
    internal sealed class OneLevel(OutputColumn column, int[] codes, int level, double height) : DraftOutput(column)
    {
        public int Level => level;

        public override bool IsFlag => true;

        public override void CopyTo(int start, Span<double> target)
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = Math.Max(codes[start + i], 0) == level ? height : 0;
        }
    }

    /// <summary>Where a value is missing: 1, otherwise 0; its height is decided later.</summary>
    internal sealed class Absence(OutputColumn column, double[]? numbers, int[]? codes) : DraftOutput(column)
    {
        public override bool IsFlag => true;

        public override void CopyTo(int start, Span<double> target)
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = (numbers is not null ? double.IsNaN(numbers[start + i]) : codes![start + i] < 0) ? 1 : 0;
        }
    }
}
