using System.Text.Json.Nodes;
using SegFunctions.Learning.Calibration;
using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Classification.Learners;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification;

/// <summary>
/// Predicts a yes-or-no outcome from rows of a table: a chosen learner, its columns by name, and a calibration. Immutable, safe for
/// many threads; what it says of a row depends on that row alone.
/// </summary>
public sealed class ClassificationModel
{
    private const string Kind = "classification";

    private readonly Scorer _scorer;
    private readonly UsedColumns _used;
    private readonly ProbabilityCalibration _calibration;

    internal ClassificationModel(string learner, Scorer scorer, UsedColumns used, ProbabilityCalibration calibration)
    {
        Learner = learner;
        _scorer = scorer;
        _used = used;
        _calibration = calibration;
    }

    /// <summary><c>prior</c>, <c>logistic</c>, <c>trees</c> or <c>blend</c>.</summary>
    public string Learner { get; }

    /// <summary>Names of the columns that are looked at; others may be there or not.</summary>
    public IReadOnlyList<string> Columns => _used.Names;

    /// <summary>Log-odds before any column has its say; contributions and this add up to the log-odds before calibration.</summary>
    public double BaseLogOdds => _scorer.BaseLogOdds;

    /// <summary>How log-odds become probabilities.</summary>
    public ProbabilityCalibration Calibration => _calibration;

    /// <summary>Calibrated probability of the positive class for every row.</summary>
    /// <param name="table">Holds <see cref="Columns"/>, found by name, in any order. Missing values are welcome; a text never seen counts as one of the rare, or as missing.</param>
    /// <exception cref="ArgumentException">A column is not there (all are named), or a cell cannot be read as what its column means (place and cure named).</exception>
    public double[] Predict(Table table, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (_used.Names.Count == 0 || table.Rows == 0)
            return [.. Enumerable.Repeat(Probability(_scorer.BaseLogOdds), table.Rows)];
        return Array.ConvertAll(_scorer.LogOdds(TableRows.Select(table, _used.Names), threads, cancellationToken), Probability);
    }

    /// <summary>
    /// What each column adds to the log-odds of each row, shape (rows × <see cref="Columns"/>), before calibration, which stretches
    /// all of them alike or follows their order: exact for the logistic regression, Shapley values of the trees, their weighted sum for a blend.
    /// </summary>
    /// <exception cref="ArgumentException">As <see cref="Predict(Table, int?, CancellationToken)"/>.</exception>
    /// <exception cref="InvalidOperationException">The model looks at no column.</exception>
    public Matrix Contributions(Table table, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (_used.Names.Count == 0)
            throw new InvalidOperationException("The model looks at no column, so none has a share.");
        var values = new double[(long)table.Rows * _used.Names.Count];
        if (table.Rows > 0)
            _scorer.AddContributions(TableRows.Select(table, _used.Names), 1, values, threads, cancellationToken);
        return new Matrix(table.Rows, _used.Names.Count, values);
    }

    /// <summary>Calibrated probability for one row of a table without texts: a number for each of <see cref="Columns"/>, NaN where it is missing.</summary>
    /// <exception cref="ArgumentException">Another number of values than columns.</exception>
    /// <exception cref="InvalidOperationException">A column of texts is used.</exception>
    public double Predict(ReadOnlySpan<double> row)
    {
        Require(row.Length);
        return Probability(_scorer.LogOdds(row));
    }

    /// <summary>What each column adds to the log-odds of one row of a table without texts, before calibration.</summary>
    /// <param name="contributions">OUT, as many as <see cref="Columns"/>.</param>
    /// <exception cref="ArgumentException">Another number of values than columns.</exception>
    /// <exception cref="InvalidOperationException">A column of texts is used.</exception>
    public void Contributions(ReadOnlySpan<double> row, Span<double> contributions)
    {
        Require(row.Length);
        Require(contributions.Length);
        contributions.Clear();
        _scorer.AddContributions(row, 1, contributions);
    }

    /// <summary>Writes the model. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        ModelFile.Write(stream, Kind, 1, new JsonObject
        {
            ["learner"] = Learner,
            ["secondShare"] = (_scorer as BlendScorer)?.SecondShare ?? 0,
            ["columns"] = StoredTexts.Write(_used.Names),
            ["kinds"] = new JsonArray([.. _used.Kinds.Select(kind => (JsonNode)(int)kind)]),
        });
        _scorer.Save(stream);
        _calibration.Save(stream);
    }

    /// <exception cref="InvalidDataException">The stream holds no such model, a newer version, or a damaged one.</exception>
    public static ClassificationModel Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, 1);
        var learner = file.Field<string>("learner");
        var share = file.Field<double>("secondShare");
        var columns = StoredTexts.Read(file, "columns");
        var kinds = file.Integers("kinds");
        if (kinds.Length != columns.Length || kinds.Any(kind => !Enum.IsDefined((ColumnKind)kind)) || !(share is >= 0 and < 1))
            throw new InvalidDataException($"The stored model has {columns.Length} columns of {kinds.Length} kinds and mixes {share} of its second learner; it is damaged.");
        var scorer = StoredScorers.Load(learner, share, stream);
        return new ClassificationModel(
            learner, scorer, new UsedColumns(columns, Array.ConvertAll(kinds, kind => (ColumnKind)kind)), ProbabilityCalibration.Load(stream));
    }

    private double Probability(double logOdds) => _calibration.Apply(logOdds);

    private void Require(int values)
    {
        if (values != _used.Names.Count)
            throw new ArgumentException($"There are {values} values; the model looks at {_used.Names.Count} columns.");
        if (!_used.OnlyNumbers)
            throw new InvalidOperationException("The model looks at columns of texts; give it a table.");
    }
}
