namespace SegFunctions.Learning.Preparation;

/// <summary>How a table is prepared, decided once and applied unchanged to every later row. Immutable, safe for many threads.</summary>
/// <remarks>
/// Outliers are drawn in to the bound for fitting only: a learner takes <see cref="TransformForFitting(Table, int?, CancellationToken)"/>, so
/// that one income of 666,666 does not get a cluster of its own. <see cref="Transform(Table, int?, CancellationToken)"/> leaves later rows as far
/// out as they are, which is what tells how unusual a row is. Where a later row must get the label that the same row got in the
/// fit, it has to go the way that row went: by <see cref="TransformForFitting(Table, int?, CancellationToken)"/> too.
/// </remarks>
public sealed class PreparationModel
{
    private readonly ColumnSteps[] _steps;
    private readonly OutputColumn[] _prepared;
    private readonly PrincipalComponents? _components;

    internal PreparationModel(ColumnDecision[] report, ColumnSteps[] steps, OutputColumn[] prepared, PrincipalComponents? components)
    {
        Report = report;
        _steps = steps;
        _prepared = prepared;
        _components = components;
        Outputs = components is null
            ? prepared
            : [.. Enumerable.Range(1, components.Count).Select(number => new OutputColumn($"component {number}", -1, OutputPart.Component))];
        OutputNames = [.. Outputs.Select(output => output.Name)];
    }

    /// <summary>Every column of the table of the fit, in order, with what became of it and why.</summary>
    public IReadOnlyList<ColumnDecision> Report { get; }

    /// <summary>The columns of the result, in order, and where each comes from.</summary>
    public IReadOnlyList<OutputColumn> Outputs { get; }

    /// <summary>Names of the columns of the result, in order.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>Share of the variance that each principal component holds, falling; empty without components.</summary>
    public IReadOnlyList<double> ComponentShares => _components?.Shares ?? [];

    /// <summary>What each prepared column (in the order of the table) adds to each component, shape (components × columns); null without components.</summary>
    public Matrix? ComponentWeights => _components is null ? null : new Matrix(_components.Count, _components.Columns, [.. _components.Weights]);

    /// <summary>Prepares rows; shape (n × <see cref="Outputs"/>). Outliers stay as far out as they are.</summary>
    /// <param name="table">Holds the columns that are used, found by name; others are not looked at. A text never seen counts as "other", or as none where there is no such column.</param>
    /// <exception cref="ArgumentException">A column is not there, or a cell cannot be used: place and cure named.</exception>
    /// <exception cref="InvalidOperationException">Every column was left out; <see cref="Report"/> says why.</exception>
    public Matrix Transform(Table table, int? threads = null, CancellationToken cancellationToken = default) => Transform(table, winsorise: false, threads, cancellationToken);

    /// <summary>Prepares rows for a learner: as <see cref="Transform(Table, int?, CancellationToken)"/>, but outliers are drawn in to the bound.</summary>
    /// <inheritdoc cref="Transform(Table, int?, CancellationToken)"/>
    public Matrix TransformForFitting(Table table, int? threads = null, CancellationToken cancellationToken = default) => Transform(table, winsorise: true, threads, cancellationToken);

    /// <summary>Prepares rows of numbers, their columns in the order of the fit; NaN is missing.</summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, or an infinite value (row and column named).</exception>
    /// <exception cref="InvalidOperationException">Every column was left out; <see cref="Report"/> says why.</exception>
    public Matrix Transform(Matrix rows, int? threads = null, CancellationToken cancellationToken = default) => Transform(Named(rows), threads, cancellationToken);

    /// <summary>Prepares rows of numbers for a learner: outliers are drawn in to the bound.</summary>
    /// <inheritdoc cref="Transform(Matrix, int?, CancellationToken)"/>
    public Matrix TransformForFitting(Matrix rows, int? threads = null, CancellationToken cancellationToken = default) => TransformForFitting(Named(rows), threads, cancellationToken);

    /// <summary>Prepares one row for a learner without allocating, where every column that is used holds numbers, days, or 1 and 0.</summary>
    /// <param name="row">A number for each column of the fit (for dates, days since 1970-01-01), NaN where missing; otherwise finite, which is the caller's promise.</param>
    /// <param name="prepared">As many as <see cref="Outputs"/>.</param>
    /// <exception cref="InvalidOperationException">A column of texts is used, or principal components are.</exception>
    public void PrepareForFitting(ReadOnlySpan<double> row, Span<double> prepared)
    {
        if (row.Length != Report.Count || prepared.Length != Outputs.Count)
            throw new ArgumentException($"The row has {row.Length} numbers and room for {prepared.Length}; there are {Report.Count} columns and {Outputs.Count} results.", nameof(row));
        if (_components is not null)
            throw new InvalidOperationException("Single rows are not prepared by principal components; prepare a table.");
        foreach (var steps in _steps)
        {
            if (steps is not NumberSteps numbers)
                throw new InvalidOperationException($"Column \"{steps.Name}\" holds texts; prepare a table.");
            numbers.Fill(row[steps.Index], prepared, winsorise: true);
        }
    }

    /// <summary>Writes what was decided. The stream stays open.</summary>
    public void Save(Stream stream) => PreparationFile.Write(stream, Report, _steps, _prepared, _components);

    /// <exception cref="InvalidDataException">The stream holds no preparation, a newer version, or a damaged one.</exception>
    public static PreparationModel Load(Stream stream) => PreparationFile.Read(stream);

    private Table Named(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireColumns(Report.Count, nameof(rows));
        return Table.Of(rows, [.. Report.Select(decision => decision.Column)]);
    }

    private Matrix Transform(Table table, bool winsorise, int? threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (Outputs.Count == 0)
            throw new InvalidOperationException("Every column was left out, so nothing remains to work with: " + string.Join(' ', Report.Select(decision => decision.Reason.En)));
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 0; column < table.Columns.Count; column++)
            positions.Add(table.Columns[column].Name, column);
        var absent = _steps.Where(steps => !positions.ContainsKey(steps.Name)).Select(steps => $"\"{steps.Name}\"").ToList();
        if (absent.Count > 0)
            throw new ArgumentException($"The table lacks {(absent.Count == 1 ? "the column" : "the columns")} {string.Join(", ", absent)} of the fit. Give the columns the names they had then.", nameof(table));

        using var team = new ChunkTeam(threads, cancellationToken);
        var work = new Filling(this, table, positions, winsorise);
        team.Run(work.Reading, _steps.Length);
        team.Run(work, work.Chunks.Count);
        return new Matrix(table.Rows, Outputs.Count, work.Values);
    }

    /// <summary>Reads the columns, then fills rows in chunks.</summary>
    private sealed class Filling(PreparationModel model, Table table, Dictionary<string, int> positions, bool winsorise) : IChunkWork
    {
        /// <summary>Rows at a time: one column after the other writes into rows that are still in the processor's cache.</summary>
        private const int Piece = 256;

        public FixedChunks Chunks { get; } = FixedChunks.Of(table.Rows);

        public double[] Values { get; } = new double[(long)table.Rows * model.Outputs.Count];

        public ColumnReading Reading { get; } = new(model._steps, table, positions);

        public void Run(int chunk)
        {
            var width = model._prepared.Length;
            var components = model._components;
            var buffer = components is null ? null : new double[Piece * width];
            for (var start = Chunks.Start(chunk); start < Chunks.End(chunk); start += Piece)
            {
                var end = Math.Min(start + Piece, Chunks.End(chunk));
                var target = buffer is null ? Values.AsSpan(start * width, (end - start) * width) : buffer.AsSpan(0, (end - start) * width);
                foreach (var cells in Reading.Cells)
                    cells.Fill(start, end, target, width, winsorise);
                for (var row = start; components is not null && row < end; row++)
                    components.Project(target.Slice((row - start) * width, width), Values.AsSpan(row * components.Count, components.Count));
            }
        }
    }

    private sealed class ColumnReading(ColumnSteps[] steps, Table table, Dictionary<string, int> positions) : IChunkWork
    {
        public PreparedCells[] Cells { get; } = new PreparedCells[steps.Length];

        public void Run(int chunk)
        {
            var position = positions[steps[chunk].Name];
            Cells[chunk] = steps[chunk].Read(table.Columns[position], position);
        }
    }
}
