namespace SegFunctions.Learning.Preparation;

/// <summary>
/// Turns a table of numbers, dates, yes-or-no columns and texts into rows of numbers on one scale, with a reason for everything
/// done: what each column means; missing values by median or most frequent text, and where it tells something, a column that says
/// where they are missing; logarithm or Yeo–Johnson by skewness; robust centre and unit; categories as flags that weigh together
/// as one number; columns left out that say nothing, name rows or repeat others; principal components if wanted.
/// </summary>
/// <remarks>
/// The same table and options give the same bytes on any number of threads; another order of the columns gives the same
/// decisions. Time is that of sorting every column; memory one number a cell besides the table.
/// </remarks>
public static class TablePreparation
{
    /// <param name="table">At least one row. Not changed.</param>
    /// <exception cref="ArgumentException">No rows, options out of range (all listed), or a cell that cannot be used: place and cure named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between columns or pieces of work.</exception>
    public static PreparationModel Fit(Table table, PreparationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new PreparationOptions();
        options.Validate(table);
        if (table.Rows == 0)
            throw new ArgumentException("The table has no rows; at least one is needed.", nameof(table));
        cancellationToken.ThrowIfCancellationRequested();
        using var team = new ChunkTeam(options.Threads, cancellationToken);

        var drafts = new Drafting(table, options);
        team.Run(drafts, table.Columns.Count);
        var columns = drafts.Columns;
        if (options.Mode == PrepareMode.Auto)
        {
            team.Run(new Weighing(columns), columns.Length);
            DuplicateOutputs.Remove(columns, table.Rows, team);
        }

        var outputs = columns.Where(column => column.Kept).SelectMany(column => column.Outputs).ToList();
        if (options is { Mode: PrepareMode.Auto, IndicateMissing: true })
            outputs.AddRange(columns.Where(MissingIndicators.IsCandidate).Select(column => column.MakeAbsence()));
        var needed = options.PrincipalShare is not null || (options.Mode == PrepareMode.Auto && (options.IndicateMissing || options.CorrelationLimit <= 1));
        var covariance = needed ? Covariance.Of(outputs, table.Rows, team) : null;
        if (options.Mode == PrepareMode.Auto && covariance is not null)
        {
            CorrelatedColumns.Merge(columns, outputs, covariance, options.CorrelationLimit);
            MissingIndicators.Choose(columns, outputs, covariance);
        }

        return Model(columns, outputs, covariance, options);
    }

    private static PreparationModel Model(ColumnDraft[] columns, List<DraftOutput> outputs, Covariance? covariance, PreparationOptions options)
    {
        // In the order of the table: values and texts of a column, then where it is missing.
        var final = columns.Where(column => column.Kept).SelectMany(column => column.Absence is null ? column.Outputs : [.. column.Outputs, column.Absence]).ToList();
        var place = new Dictionary<DraftOutput, int>();
        foreach (var output in final)
            place.Add(output, place.Count);
        var steps = columns.Select(column => column.Steps(output => place.GetValueOrDefault(output, -1))).OfType<ColumnSteps>().ToArray();
        var components = options.PrincipalShare is { } share && covariance is not null && final.Count > 0
            ? PrincipalComponents.Of(Heighten(covariance, outputs, columns), [.. final.Select(output => outputs.IndexOf(output))], share)
            : null;
        var decisions = columns.Select(column => new ColumnDecision
        {
            Column = column.Name,
            Index = column.Index,
            Kind = column.Type.Kind,
            Use = column.Use,
            Reason = DecisionWords.Of(column, options),
            Typical = column.Use == ColumnUse.Flag ? column.Numeric?.Treatment?.Fill : column.Figures is { Count: > 0 } figures ? figures.Median : null,
            Missing = column.Missing,
            Winsorised = column.Numeric?.Winsorised ?? 0,
            Skewness = column.Numeric?.Skewness ?? 0,
        });
        return new PreparationModel([.. decisions], steps, [.. final.Select(output => output.Column)], components);
    }

    /// <summary>Gives the columns that say where values are missing the height that they get in the result.</summary>
    private static Covariance Heighten(Covariance covariance, List<DraftOutput> outputs, ColumnDraft[] columns)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Column.Part == OutputPart.Missing)
                covariance.Stretch(i, columns[outputs[i].Column.Source].AbsenceHeight());
        }

        return covariance;
    }

    /// <summary>Gives flags and categories their height by what the numbers of this table weigh: the robust scale leaves even ones below the normal's 1.</summary>
    private sealed class Weighing(ColumnDraft[] columns) : IChunkWork
    {
        private readonly double _unit = Typical([.. columns.Where(column => column.Use == ColumnUse.Scaled).Select(column => column.Variance).Order()]);

        public void Run(int chunk) => columns[chunk].Weigh(_unit);

        private static double Typical(double[] variances) => variances.Length == 0 ? 1 : Quantile.OfSorted(variances, 0.5);
    }

    private sealed class Drafting(Table table, PreparationOptions options) : IChunkWork
    {
        public ColumnDraft[] Columns { get; } = new ColumnDraft[table.Columns.Count];

        public void Run(int chunk) => Columns[chunk] = ColumnDraft.Of(table.Columns[chunk], chunk, options);
    }
}
