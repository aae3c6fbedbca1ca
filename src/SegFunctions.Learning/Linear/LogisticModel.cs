using System.Text.Json.Nodes;

namespace SegFunctions.Learning.Linear;

/// <summary>A fitted logistic regression: log-odds = intercept + Σ coefficient · value, in the units of the columns. Immutable.</summary>
public sealed class LogisticModel
{
    private const string Kind = "logistic";
    private const int Version = 1;

    private readonly double[] _coefficients;
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _errors;

    internal LogisticModel(double intercept, double[] coefficients, double[] means, double[] scales, double[] errors, bool converged, int iterations, string outcome)
    {
        Intercept = intercept;
        _coefficients = coefficients;
        _means = means;
        _scales = scales;
        _errors = errors;
        Converged = converged;
        Iterations = iterations;
        Outcome = outcome;
    }

    public double Intercept { get; }

    /// <summary>Change of the log-odds per unit of each column; 0 for a constant one.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>Mean of each training column.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>Standard deviation of each training column (population), 0 for a constant one; coefficient · scale is what the penalty weighed.</summary>
    public IReadOnlyList<double> Scales => _scales;

    /// <summary>
    /// Standard errors of the intercept (first) and the coefficients, from the inverse Hessian of the penalised objective: with a
    /// penalty they are too small by its share. NaN when the fit did not converge.
    /// </summary>
    public IReadOnlyList<double> StandardErrors => _errors;

    public bool Converged { get; }

    /// <summary>Newton steps taken.</summary>
    public int Iterations { get; }

    /// <summary>In words: how the fit ended and, where it failed, the cure.</summary>
    public string Outcome { get; }

    /// <summary>Probability of the event for every row, shape (rows × columns) in, rows out. Cost O(rows · columns).</summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, or a value that is not finite (row and column named).</exception>
    public double[] Predict(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(_coefficients.Length, nameof(rows));
        rows.RequireFinite(nameof(rows));
        var probabilities = new double[rows.Rows];
        for (var row = 0; row < probabilities.Length; row++)
            probabilities[row] = Logistic.Probability(Intercept + Dot.Of(rows.Row(row), _coefficients));
        return probabilities;
    }

    /// <summary>Probability of the event for one row of all columns.</summary>
    /// <exception cref="ArgumentException">Another number of values than columns at the fit, or a value that is not finite.</exception>
    public double Predict(ReadOnlySpan<double> row)
    {
        Require(row);
        return Logistic.Probability(Intercept + Dot.Of(row, _coefficients));
    }

    /// <summary>
    /// What each column adds to the log-odds of this row against an average row: coefficient · (value − mean). Together with
    /// <see cref="AverageLogOdds"/> they sum to the row's log-odds.
    /// </summary>
    /// <exception cref="ArgumentException">Another number of values than columns at the fit, or a value that is not finite.</exception>
    public double[] Contributions(ReadOnlySpan<double> row)
    {
        Require(row);
        var shares = new double[row.Length];
        for (var column = 0; column < shares.Length; column++)
            shares[column] = _coefficients[column] * (row[column] - _means[column]);
        return shares;
    }

    /// <summary>Log-odds of a row that is average in every column.</summary>
    public double AverageLogOdds => Intercept + Dot.Of(_means, _coefficients);

    /// <summary>Writes the model. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var fields = new JsonObject
        {
            ["columns"] = _coefficients.Length,
            ["converged"] = Converged,
            ["iterations"] = Iterations,
            ["outcome"] = Outcome,
        };
        ModelFile.Write(stream, Kind, Version, fields, ("intercept", [Intercept]), ("coefficients", _coefficients), ("means", _means), ("scales", _scales), ("standardErrors", _errors));
    }

    /// <exception cref="InvalidDataException">The stream holds no logistic model, a newer version, or a damaged one.</exception>
    public static LogisticModel Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, Version);
        var columns = file.Field<int>("columns");
        return new LogisticModel(
            file.Array("intercept", 1)[0],
            file.Array("coefficients", columns),
            file.Array("means", columns),
            file.Array("scales", columns),
            file.Array("standardErrors", columns + 1),
            file.Field<bool>("converged"),
            file.Field<int>("iterations"),
            file.Field<string>("outcome"));
    }

    private void Require(ReadOnlySpan<double> row)
    {
        if (row.Length != _coefficients.Length)
            throw new ArgumentException($"The row has {row.Length} values; the model was fitted on {_coefficients.Length} columns.", nameof(row));
        for (var column = 0; column < row.Length; column++)
        {
            if (!double.IsFinite(row[column]))
                throw new ArgumentException($"Column {column} (counted from 0) holds {row[column]}; every value must be a finite number.", nameof(row));
        }
    }
}
