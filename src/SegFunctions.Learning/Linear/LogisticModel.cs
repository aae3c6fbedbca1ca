using System.Text.Json.Nodes;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Linear;

/// <summary>A fitted logistic regression: log-odds = intercept + Σ coefficient · value, in the units of the columns. Immutable.</summary>
public sealed class LogisticModel
{
    private const string Kind = "logistic regression";
    private const int Version = 1;

    private readonly double[] _coefficients;
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _errors;

    internal LogisticModel(double intercept, double[] coefficients, double[] means, double[] scales, double[] errors, bool converged, int iterations, Separation separation, Bilingual outcome, Bilingual intervalNote)
    {
        Intercept = intercept;
        _coefficients = coefficients;
        _means = means;
        _scales = scales;
        _errors = errors;
        Converged = converged;
        Iterations = iterations;
        Separation = separation;
        Outcome = outcome;
        IntervalNote = intervalNote;
    }

    public double Intercept { get; }

    /// <summary>Change of the log-odds per unit of each column; 0 for a constant one.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>Mean of each training column.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>Standard deviation of each training column (population), 0 for a constant one; coefficient · scale compares columns of different units.</summary>
    public IReadOnlyList<double> Scales => _scales;

    /// <summary>
    /// Standard errors of the intercept (first) and the coefficients, from the inverse Hessian of the penalised objective; NaN where there are
    /// none. <see cref="IntervalNote"/> says what they mean or why they are missing.
    /// </summary>
    public IReadOnlyList<double> StandardErrors => _errors;

    public bool Converged { get; }

    /// <summary>Steps taken.</summary>
    public int Iterations { get; }

    /// <summary>In words: how the fit ended and, where it failed, the cure.</summary>
    public Bilingual Outcome { get; }

    /// <summary>Whether the classes were told apart so well that no finite optimum exists.</summary>
    public Separation Separation { get; }

    /// <summary>What <see cref="StandardErrors"/> and <see cref="Interval"/> mean here, or why there are none.</summary>
    public Bilingual IntervalNote { get; }

    /// <summary>Coefficient ± z · standard error; null where there is none (see <see cref="IntervalNote"/>).</summary>
    /// <param name="column">Counted from 0.</param>
    public CoefficientInterval? Interval(int column, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_coefficients.Length, nameof(column));
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level lies between 0 and 1, as 0.95.");
        var reach = NormalDistribution.Quantile((1 + level) / 2) * _errors[column + 1];
        return double.IsNaN(reach) ? null : new CoefficientInterval(_coefficients[column], _coefficients[column] - reach, _coefficients[column] + reach, level);
    }

    /// <summary>Probability of the event for every row, shape (rows × columns) in, rows out. Cost O(rows · columns).</summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, or a value that is not finite (row and column named).</exception>
    public double[] Predict(Matrix rows)
    {
        var values = LogOdds(rows);
        for (var row = 0; row < values.Length; row++)
            values[row] = Logistic.Probability(values[row]);
        return values;
    }

    /// <summary>Log-odds of the event for every row: what a calibration takes, finite also where the probability is 1 to the last digit.</summary>
    /// <inheritdoc cref="Predict(Matrix)"/>
    public double[] LogOdds(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(_coefficients.Length, nameof(rows));
        rows.RequireFinite(nameof(rows));
        var values = new double[rows.Rows];
        for (var row = 0; row < values.Length; row++)
            values[row] = Intercept + Dot.Of(rows.Row(row), _coefficients);
        return values;
    }

    /// <summary>Log-odds for every row of a design with the columns of the fit.</summary>
    internal double[] LogOdds(LogisticDesign design)
    {
        if (design.Columns != _coefficients.Length)
            throw new ArgumentException($"The design has {design.Columns} columns; the model was fitted on {_coefficients.Length}.", nameof(design));
        design.Numbers?.RequireFinite(nameof(design));
        var numbers = _coefficients.AsSpan(0, design.NumberCount);
        var levels = _coefficients.AsSpan(design.NumberCount);
        var values = new double[design.Rows];
        for (var row = 0; row < values.Length; row++)
        {
            var sum = Intercept + (design.Numbers is null ? 0 : Dot.Of(design.Numbers.Row(row), numbers));
            var codes = design.CodesOf(row);
            for (var category = 0; category < codes.Length; category++)
            {
                if (codes[category] >= 0)
                    sum += levels[design.Starts[category] + codes[category]];
            }

            values[row] = sum;
        }

        return values;
    }

    /// <summary>Probability of the event for one row of all columns.</summary>
    /// <exception cref="ArgumentException">Another number of values than columns at the fit, or a value that is not finite.</exception>
    public double Predict(ReadOnlySpan<double> row) => Logistic.Probability(LogOdds(row));

    /// <summary>Log-odds of the event for one row of all columns.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    public double LogOdds(ReadOnlySpan<double> row)
    {
        Require(row);
        return Intercept + Dot.Of(row, _coefficients);
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
            ["separation"] = Separation.ToString(),
            ["outcome"] = new JsonArray(Outcome.En, Outcome.Fr),
            ["intervalNote"] = new JsonArray(IntervalNote.En, IntervalNote.Fr),
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
            Enum.TryParse<Separation>(file.Field<string>("separation"), out var separation) && Enum.IsDefined(separation) ? separation : throw new InvalidDataException("The stored model's \"separation\" is none that is known; it is damaged."),
            Text(file, "outcome"),
            Text(file, "intervalNote"));
    }

    private static Bilingual Text(ModelFile file, string name) =>
        file.List(name) is [JsonValue english, JsonValue french] && english.TryGetValue<string>(out var en) && french.TryGetValue<string>(out var fr)
            ? new Bilingual(en, fr)
            : throw new InvalidDataException($"The stored model's \"{name}\" is not a text in two languages; it is damaged.");

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
