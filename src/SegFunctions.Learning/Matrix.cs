using System.Numerics.Tensors;

namespace SegFunctions.Learning;

/// <summary>
/// A dense table of numbers, shape (rows × columns), row-major and contiguous. It owns the array it is given: nothing is
/// copied, and whoever hands an array over does not write to it afterwards.
/// </summary>
/// <remarks>At most <see cref="Array.MaxLength"/> values (about 2.1 · 10⁹). Zero rows are allowed, zero columns are not.</remarks>
public sealed class Matrix
{
    private readonly double[] _values;

    /// <param name="values">Row after row, exactly <paramref name="rows"/> · <paramref name="columns"/> numbers; not copied.</param>
    /// <exception cref="ArgumentException">The array's length is not rows · columns.</exception>
    public Matrix(int rows, int columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if ((long)rows * columns != values.Length)
            throw new ArgumentException($"{rows} rows × {columns} columns need {(long)rows * columns} values, found {values.Length}.", nameof(values));
        Rows = rows;
        Columns = columns;
        _values = values;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>All values, row after row.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The value at a row and a column, both counted from 0.</summary>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
            return Row(row)[column];
        }
    }

    internal double[] Array => _values;

    /// <summary>Copies rows of equal length into one matrix; for small tables and tests.</summary>
    public static Matrix FromRows(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            throw new ArgumentException("The number of columns is unknown without a row.", nameof(rows));
        var columns = rows[0].Length;
        var values = new double[(long)rows.Count * columns];
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Length != columns)
                throw new ArgumentException($"Row {row} has {rows[row].Length} values, row 0 has {columns}.", nameof(rows));
            rows[row].CopyTo(values, row * columns);
        }

        return new Matrix(rows.Count, columns, values);
    }

    /// <summary>One row, counted from 0, as a view of <see cref="Columns"/> values.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>Copies the given rows, in the given order, into a new matrix.</summary>
    public Matrix Take(ReadOnlySpan<int> rows)
    {
        var values = new double[(long)rows.Length * Columns];
        for (var i = 0; i < rows.Length; i++)
            Row(rows[i]).CopyTo(values.AsSpan(i * Columns));
        return new Matrix(rows.Length, Columns, values);
    }

    /// <summary>Refuses the first value that is not a finite number, naming its row and column.</summary>
    internal void RequireFinite(string parameter, bool missingAllowed = false)
    {
        for (var row = 0; row < Rows; row++)
        {
            var values = Row(row);
            // One pass decides for nearly every row: a sum of magnitudes is finite unless a value is not, or the row is astronomically large.
            if (!missingAllowed && TensorPrimitives.SumOfMagnitudes(values) is not (double.NaN or double.PositiveInfinity))
                continue;
            for (var column = 0; column < values.Length; column++)
            {
                if (!double.IsFinite(values[column]) && !(missingAllowed && double.IsNaN(values[column])))
                    throw new ArgumentException($"Row {row}, column {column} (both counted from 0) holds {values[column]}; every value must be a finite number{(missingAllowed ? " or NaN for missing" : string.Empty)}.", parameter);
            }
        }
    }

    internal void RequireRows(string parameter)
    {
        if (Rows == 0)
            throw new ArgumentException("The matrix has no rows; at least one is needed.", parameter);
    }

    internal void RequireColumns(int columns, string parameter)
    {
        if (Columns != columns)
            throw new ArgumentException($"The matrix has {Columns} columns; the model was fitted on {columns}.", parameter);
    }
}
