namespace SegFunctions.Benchmarks.Measure;

/// <summary>Something measured in a process of its own.</summary>
/// <param name="Name"><c>TASK_segfunctions/WORKLOAD</c>; tables of figures are grouped by what stands before the first underscore.</param>
/// <param name="Workload">What it is measured on.</param>
/// <param name="Prepare">Reads the input, off the clock.</param>
internal sealed record MeasuredTask(string Name, string Workload, Func<MeasuredData, MeasuredRun> Prepare)
{
    /// <summary>Every task; a line a family.</summary>
    public static IReadOnlyList<MeasuredTask> All { get; } =
    [
        .. KMeansMeasures.All,
        .. DensityMeasures.All,
        .. WardMeasures.All,
        .. SilhouetteMeasures.All,
        .. StructureMeasures.All,
        .. BoostingMeasures.All,
        .. ShapMeasures.All,
        .. LogisticMeasures.All,
        .. LifetimeMeasures.All,
        .. IntakeMeasures.All,
        .. LakeCodecMeasures.All,
        .. IdentityMeasures.All,
    ];
}

/// <summary>A task with its input in memory.</summary>
/// <param name="Rows">Rows of the input.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Run">On the clock: the work, given the number of the repeat (from 0) for a seed. What it returns is called off the clock and says how good the result is.</param>
internal sealed record MeasuredRun(int Rows, int Columns, Func<int, Func<MeasuredQuality>> Run)
{
    /// <summary>Parameters worth printing.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}

/// <summary>What a run found.</summary>
/// <param name="Figures">Figures by name; their median over the repeats is printed, and the range where repeats differ.</param>
internal sealed record MeasuredQuality(params (string Name, double Value)[] Figures)
{
    /// <summary>Seconds of parts of the run, by name.</summary>
    public (string Name, double Seconds)[] Phases { get; init; } = [];
}
