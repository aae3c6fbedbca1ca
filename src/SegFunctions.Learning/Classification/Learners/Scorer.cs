using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>A fitted learner: log-odds of rows, and what each column of the table adds to them. Immutable, safe for many threads.</summary>
internal abstract class Scorer
{
    /// <summary>Log-odds before any column has its say: contributions of a row and this add up to its log-odds.</summary>
    public abstract double BaseLogOdds { get; }

    /// <param name="table">The columns of the fit, in its order.</param>
    public abstract double[] LogOdds(Table table, int? threads, CancellationToken cancellationToken);

    /// <summary>Adds the shares of every column, times <paramref name="weight"/>.</summary>
    /// <param name="target">IN/OUT (rows × columns of the table), row by row.</param>
    public abstract void AddContributions(Table table, double weight, double[] target, int? threads, CancellationToken cancellationToken);

    /// <summary>Log-odds of one row of a table without texts: a number for each column, NaN where it is missing.</summary>
    public abstract double LogOdds(ReadOnlySpan<double> row);

    /// <summary>Adds the shares of every column for one row of a table without texts, times <paramref name="weight"/>.</summary>
    /// <param name="target">IN/OUT (columns of the table).</param>
    public abstract void AddContributions(ReadOnlySpan<double> row, double weight, Span<double> target);

    public abstract void Save(Stream stream);
}
