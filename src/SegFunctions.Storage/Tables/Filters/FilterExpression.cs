using SegFunctions.Storage.Tables.InMemory;

namespace SegFunctions.Storage.Tables.Filters;

/// <summary>A parsed filter. One instance serves one query at a time.</summary>
/// <remarks>
/// A comparison with an absent property does not hold, nor does one between values that have no common type; numbers of all
/// types compare with each other. Text compares by UTF-16 code unit, binaries byte by byte, guids by their digits.
/// </remarks>
internal abstract class FilterExpression
{
    public abstract bool Matches(Row row);

    internal sealed class And(FilterExpression left, FilterExpression right) : FilterExpression
    {
        public FilterExpression Left { get; } = left;

        public FilterExpression Right { get; } = right;

        public override bool Matches(Row row) => Left.Matches(row) && Right.Matches(row);
    }

    internal sealed class Or(FilterExpression left, FilterExpression right) : FilterExpression
    {
        public override bool Matches(Row row) => left.Matches(row) || right.Matches(row);
    }

    internal sealed class Not(FilterExpression inner) : FilterExpression
    {
        public override bool Matches(Row row) => !inner.Matches(row);
    }

    internal sealed class Compare(FilterOperand left, FilterComparison comparison, FilterOperand right) : FilterExpression
    {
        public FilterOperand Left { get; } = left;

        public FilterComparison Comparison { get; } = comparison;

        public FilterOperand Right { get; } = right;

        public override bool Matches(Row row)
        {
            if (Left.Of(row) is not { } a || Right.Of(row) is not { } b)
                return false;
            switch (a, b)
            {
                case (string x, string y):
                    return Comparison.Holds(string.CompareOrdinal(x, y));
                case (int x, int y):
                    return Comparison.Holds(x.CompareTo(y));
                case (int or long, int or long):
                    return Comparison.Holds(Whole(a).CompareTo(Whole(b)));
                case (int or long or double, int or long or double):
                    var (u, v) = (Real(a), Real(b));
                    if (double.IsNaN(u) || double.IsNaN(v))
                        return Comparison == FilterComparison.NotEqual;
                    return Comparison.Holds(u.CompareTo(v));
                case (bool x, bool y):
                    return Comparison.Holds(x.CompareTo(y));
                case (DateTimeOffset x, DateTimeOffset y):
                    return Comparison.Holds(x.CompareTo(y));
                case (Guid x, Guid y):
                    return Comparison.Holds(x.CompareTo(y));
                case (byte[] x, byte[] y):
                    return Comparison.Holds(x.AsSpan().SequenceCompareTo(y));
                default:
                    return false;
            }
        }

        private static long Whole(object value) => value is int number ? number : (long)value;

        private static double Real(object value) => value switch
        {
            int number => number,
            long number => number,
            _ => (double)value,
        };
    }
}
