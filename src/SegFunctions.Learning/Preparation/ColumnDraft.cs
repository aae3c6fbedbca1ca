namespace SegFunctions.Learning.Preparation;

/// <summary>One column while the preparation is fitted: what is decided about it alone, then what the others change about that.</summary>
internal sealed class ColumnDraft
{
    /// <summary>A column with a smaller share of values than this is as good as empty.</summary>
    private const double FewestPresent = 0.05;

    private readonly Column _column;
    private readonly PreparationOptions _options;
    private double[]? _numbers;
    private int[]? _codes;
    private double _unit = 1;

    private ColumnDraft(Column column, int index, ColumnType type, PreparationOptions options)
    {
        _column = column;
        _options = options;
        Index = index;
        Type = type;
    }

    public int Index { get; }

    public string Name => _column.Name;

    public int Rows => _column.Rows;

    public ColumnType Type { get; }

    public ColumnUse Use { get; set; }

    public bool Kept => Use <= ColumnUse.AsItIs;

    public int Missing { get; private set; }

    /// <summary>null for texts and where no value is.</summary>
    public NumericFigures? Figures { get; private set; }

    public NumericFit? Numeric { get; private set; }

    public CategoryFit? Category { get; private set; }

    /// <summary>Of the prepared, winsorised numbers or days; 0 for all else.</summary>
    public double Variance { get; private set; }

    /// <summary>Columns of the result that it would give.</summary>
    public List<DraftOutput> Outputs { get; } = [];

    /// <summary>What its column says, when another one says the same or nearly.</summary>
    public string? Instead { get; set; }

    /// <summary>Correlation with <see cref="Instead"/>.</summary>
    public double Correlation { get; set; }

    /// <summary>Columns of the result that another one says already: what each was, which one that is, and whether it says the opposite.</summary>
    public List<(OutputColumn Output, OutputColumn Instead, bool Opposite)> SaidElsewhere { get; } = [];

    /// <summary>The column of the result that says where a value is missing, and what that goes with.</summary>
    public DraftOutput? Absence { get; set; }

    public string? AbsenceGoesWith { get; set; }

    public double AbsenceCorrelation { get; set; }

    public static ColumnDraft Of(Column column, int index, PreparationOptions options)
    {
        if (column is NumericColumn numbers)
            SourceReading.RequireFinite(numbers, index);
        var profile = column is NumericColumn given ? NumericProfile.Of(given.Values) : null;
        var told = options.Kinds.TryGetValue(column.Name, out var kind);
        var type = told ? TypeInference.Told(kind) : Infer(column, profile, options.Mode);
        var draft = new ColumnDraft(column, index, type, options);
        switch (type.Kind)
        {
            case ColumnKind.Identifier when told || options.Mode == PrepareMode.Auto:
                draft.LeaveOut(ColumnUse.Identifier);
                break;
            case ColumnKind.FreeText when told || options.Mode == PrepareMode.Auto:
                draft.LeaveOut(ColumnUse.FreeText);
                break;
            case ColumnKind.Identifier or ColumnKind.FreeText or ColumnKind.Category when options.Mode != PrepareMode.Auto:
            case ColumnKind.Boolean when options.Mode == PrepareMode.None && column is TextColumn:
                draft.RefuseOrLeaveOutTexts();
                break;
            case ColumnKind.Category:
                draft.DecideCategory();
                break;
            default:
                draft.DecideNumbers(profile);
                break;
        }

        return draft;
    }

    /// <summary>A column of the result for rows without value, not yet wanted.</summary>
    public DraftOutput MakeAbsence() => new DraftOutput.Absence(new OutputColumn($"{Name} is missing", Index, OutputPart.Missing), _numbers, _codes);

    /// <summary>What stands in its column where a value is missing.</summary>
    public double AbsenceHeight() => NumericFit.FlagHeight((double)Missing / Rows, _options.MissingWeight * _unit);

    /// <summary>Gives flags and categories their height, once it is known what a number of this table weighs.</summary>
    /// <param name="unit">Variance of a typical column of numbers.</param>
    public void Weigh(double unit)
    {
        _unit = unit;
        if (Use == ColumnUse.Flag)
        {
            Numeric = NumericFit.Flag(Figures!, _options.CategoryWeight * unit);
            AddNumbers(isFlag: true);
        }
        else if (Use == ColumnUse.Levels)
        {
            AddLevels();
        }
    }

    /// <summary>What later rows go through.</summary>
    /// <param name="placeOf">Column of the final result of a draft; −1 when it did not get there.</param>
    public ColumnSteps? Steps(Func<DraftOutput, int> placeOf)
    {
        if (!Kept)
            return null;
        var missing = Absence is null ? -1 : placeOf(Absence);
        var height = Absence is null ? 0 : AbsenceHeight();
        if (Category is null)
            return new NumberSteps(Index, Name, Type.Kind, Numeric!.Treatment!, placeOf(Outputs[0])) { MissingOutput = missing, MissingHeight = height };
        var places = new int[Category.Levels.Length + 1];
        Array.Fill(places, -1);
        foreach (var output in Outputs)
            places[((DraftOutput.OneLevel)output).Level] = placeOf(output);
        return LevelSteps() with { Outputs = places, MissingOutput = missing, MissingHeight = height };
    }

    private static ColumnType Infer(Column column, NumericProfile? profile, PrepareMode mode)
    {
        if (column is DateColumn)
            return TypeInference.Of(column);
        if (mode == PrepareMode.Auto)
            return profile is null ? TypeInference.OfTexts((TextColumn)column) : TypeInference.OfNumbers(column.Name, profile);
        // Numbers are wanted as numbers, whatever their column is called.
        return profile is not null || TypeInference.IsNumbers((TextColumn)column) ? TypeInference.Measure : TypeInference.OfTexts((TextColumn)column);
    }

    private LevelSteps LevelSteps() => new(Index, Name, Type.Kind, Category!.Levels, [], Category.Height(_options.CategoryWeight * _unit));

    private void LeaveOut(ColumnUse use)
    {
        Use = use;
        Missing = _column is TextColumn texts
            ? texts.Codes.Count(code => code < 0 || CellText.IsMissing(texts.Levels[code]))
            : ((NumericColumn)_column).Values.Count(double.IsNaN);
    }

    private void RefuseOrLeaveOutTexts()
    {
        LeaveOut(ColumnUse.NotNumeric);
        if (_options.Mode != PrepareMode.None)
            return;
        var texts = SourceReading.Texts(_column, Index);
        var row = Math.Max(0, Array.FindIndex(texts.Codes, code => code >= 0 && !CellText.IsMissing(texts.Levels[code])));
        throw new ArgumentException($"{SourceReading.Place(row, _column, Index)} holds \"{(texts.Codes[row] < 0 ? "" : texts.Levels[texts.Codes[row]])}\", and without preparation every column must hold numbers. Leave the column out, or prepare by auto (which uses categories) or scale (which leaves them out).");
    }

    private void DecideCategory()
    {
        var texts = SourceReading.Texts(_column, Index);
        Category = CategoryFit.Of(texts, _options);
        Missing = Category.Missing;
        Use = Category switch
        {
            { Present: 0 } => ColumnUse.Empty,
            { Distinct: 1 } => ColumnUse.Constant,
            _ when Category.Present < FewestPresent * Rows => ColumnUse.Empty,
            { Levels.Length: 0 } => ColumnUse.TooManyLevels,
            // First names: a dozen frequent ones say nothing about the many others.
            _ when Category.Covered < Category.Present / 2 && Category.OtherLevels > _options.MostLevels => ColumnUse.TooManyLevels,
            _ when Category.Counts[0] > _options.NearlyConstantShare * Category.Present => ColumnUse.Constant,
            _ => ColumnUse.Levels,
        };
    }

    private void AddLevels()
    {
        var steps = LevelSteps();
        _codes = steps.Codes(_column, Index);
        for (var level = 0; level < Category!.Counts.Length; level++)
        {
            var output = level < Category.Levels.Length
                ? new OutputColumn($"{Name} = {Category.Levels[level]}", Index, OutputPart.Level, Category.Levels[level])
                : new OutputColumn($"{Name} = (other)", Index, OutputPart.OtherLevels);
            Outputs.Add(new DraftOutput.OneLevel(output, _codes, level, steps.Height));
        }
    }

    private void DecideNumbers(NumericProfile? profile)
    {
        _numbers = SourceReading.Numbers(_column, Type.Kind, Index);
        // Days written as numbers were profiled as those.
        profile = profile is null || !ReferenceEquals(_numbers, ((NumericColumn)_column).Values) ? NumericProfile.Of(_numbers) : profile;
        Figures = profile.Figures;
        Missing = Figures.Missing;
        var count = Figures.Count;
        if (_options.Mode == PrepareMode.None)
        {
            Use = ColumnUse.AsItIs;
            Numeric = new NumericFit(new NumericTreatment { Fill = double.NaN, ScaleSource = ScaleSource.Unit }, 0, 0, 0, 0);
            // Refuses the first missing value.
            new NumberSteps(Index, Name, Type.Kind, Numeric.Treatment!, -1).Read(_column, Index);
            Outputs.Add(new DraftOutput.Values(Output(), _numbers, isFlag: false));
            return;
        }

        var auto = _options.Mode == PrepareMode.Auto;
        if (count == 0 || (auto && count < FewestPresent * Rows && Figures.Distinct > 1))
        {
            Use = ColumnUse.Empty;
            return;
        }

        if (Figures.Distinct == 1 || (auto && Figures.MostFrequent > _options.NearlyConstantShare * count))
        {
            Use = ColumnUse.Constant;
            return;
        }

        if (auto && Type.Kind == ColumnKind.Boolean)
        {
            Use = ColumnUse.Flag;
            return;
        }

        Numeric = auto ? NumericFit.Robust(profile, Type.Kind, _options) : NumericFit.Standard(profile);
        Use = Numeric.Treatment is null ? ColumnUse.Constant : ColumnUse.Scaled;
        if (Kept)
            Variance = VarianceOf(AddNumbers(isFlag: false));
    }

    private double[] AddNumbers(bool isFlag)
    {
        var prepared = new double[Rows];
        for (var row = 0; row < prepared.Length; row++)
            prepared[row] = Numeric!.Treatment!.Apply(_numbers![row], winsorise: true);
        Outputs.Add(new DraftOutput.Values(Output(), prepared, isFlag));
        return prepared;
    }

    private static double VarianceOf(double[] values)
    {
        var mean = 0.0;
        foreach (var value in values)
            mean += value / values.Length;
        var variance = 0.0;
        foreach (var value in values)
            variance += (value - mean) * (value - mean) / values.Length;
        return variance;
    }

    private OutputColumn Output() => new(Name, Index, OutputPart.Value);
}
