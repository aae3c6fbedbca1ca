using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Linear;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>A logistic regression on the linear design of the table; a column's share is the sum of coefficient · (value − mean) over what was made of it.</summary>
internal sealed class LinearScorer : Scorer
{
    private readonly LinearDesign _design;
    private readonly LogisticModel _model;
    private readonly double[] _coefficients;
    private readonly double[] _means;

    public LinearScorer(LinearDesign design, LogisticModel model)
    {
        _design = design;
        _model = model;
        _coefficients = [.. model.Coefficients];
        _means = [.. model.Means];
    }

    public override double BaseLogOdds => _model.AverageLogOdds;

    public override double[] LogOdds(Table table, int? threads, CancellationToken cancellationToken) => LogOdds(_design.Apply(table, threads, cancellationToken));

    /// <summary>Of rows as the design makes them.</summary>
    public double[] LogOdds(Matrix rows) => _model.LogOdds(rows);

    public override void AddContributions(Table table, double weight, double[] target, int? threads, CancellationToken cancellationToken)
    {
        var rows = _design.Apply(table, threads, cancellationToken);
        for (var row = 0; row < rows.Rows; row++)
            Add(rows.Row(row), weight, target.AsSpan(row * table.Columns.Count, table.Columns.Count));
    }

    public override double LogOdds(ReadOnlySpan<double> row)
    {
        Span<double> prepared = _design.Width <= 128 ? stackalloc double[_design.Width] : new double[_design.Width];
        _design.Apply(row, prepared);
        return _model.Intercept + Dot.Of(prepared, _coefficients);
    }

    public override void AddContributions(ReadOnlySpan<double> row, double weight, Span<double> target)
    {
        Span<double> prepared = _design.Width <= 128 ? stackalloc double[_design.Width] : new double[_design.Width];
        _design.Apply(row, prepared);
        Add(prepared, weight, target);
    }

    public override void Save(Stream stream)
    {
        _design.Save(stream);
        _model.Save(stream);
    }

    public static LinearScorer Load(Stream stream)
    {
        var design = LinearDesign.Load(stream);
        var model = LogisticModel.Load(stream);
        if (model.Coefficients.Count != design.Width)
            throw new InvalidDataException($"The stored model has {model.Coefficients.Count} coefficients for {design.Width} columns; it is damaged.");
        return new LinearScorer(design, model);
    }

    private void Add(ReadOnlySpan<double> prepared, double weight, Span<double> target)
    {
        for (var column = 0; column < prepared.Length; column++)
            target[_design.Sources[column]] += weight * _coefficients[column] * (prepared[column] - _means[column]);
    }
}
