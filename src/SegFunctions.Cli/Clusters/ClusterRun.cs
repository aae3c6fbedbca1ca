using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Learning;
using SegFunctions.Learning.Clustering;
using SegFunctions.Learning.Clustering.Density;
using SegFunctions.Learning.Evaluation;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Cli.Clusters;

/// <summary>One run of <c>cluster</c>: a file read, prepared, grouped and explained.</summary>
internal sealed class ClusterRun
{
    private const int SilhouetteRows = 20_000;
    private const int DbcvRows = 20_000;

    private readonly Func<int, string?>? _ids;

    private ClusterRun(ClusterResult result, Matrix prepared, IReadOnlyList<int> labels, ClusterExplanation? explanation, Func<int, string?>? ids)
    {
        Result = result;
        Prepared = prepared;
        Labels = labels;
        Explanation = explanation;
        _ids = ids;
    }

    public ClusterResult Result { get; }

    /// <summary>The rows as they were clustered.</summary>
    public Matrix Prepared { get; }

    /// <summary>One a row; −1 for none. One cluster of all where there is no structure.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Null where there are no clusters.</summary>
    public ClusterExplanation? Explanation { get; }

    /// <exception cref="CommandFailedException">The file holds nothing that can be clustered; the message says why.</exception>
    public static async Task<ClusterRun> RunAsync(ClusterRequest request, IProgress<ClusteringProgress> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var file = await TableFile.ReadAsync(request.File, new TableFileOptions { Texts = request.Id is null ? [] : [request.Id] }, cancellationToken);
        var name = Path.GetFileName(request.File);
        if (file.Rows == 0)
            throw new CommandFailedException($"{name} has columns but no rows below them. Export it again with its data.");
        var idColumn = IdColumn(file, request.Id, name);
        var ids = IdsOf(idColumn);
        var names = ColumnNames.Of(file);
        var table = TableOf(file, names, idColumn, name);
        Clusterable.Require(file, names, idColumn, request.Prepare, name);
        var read = time.GetTimestamp();

        var (preparation, prepared) = Prepare(table, request.Prepare, name, cancellationToken);
        var preparedAt = time.GetTimestamp();

        var fit = await Task.Run(() => ClusterFit.Run(prepared, request, progress, cancellationToken), cancellationToken);
        var clustered = time.GetTimestamp();

        var labels = fit.Model?.Labels ?? new int[table.Rows];
        var explanation = fit.Model is { Clusters: > 0 }
            ? ClusterExplanation.Explain(Explainable(table, file, names, preparation), labels, new ExplanationOptions { Prepared = prepared }, cancellationToken)
            : null;
        var quality = Quality(prepared, fit, request.Seed, cancellationToken);
        var explained = time.GetTimestamp();

        var result = new ClusterResult(
            name,
            table.Rows,
            fit.Model?.Algorithm ?? ClusterAlgorithms.NameOf(ClusterAlgorithm.Auto),
            fit.Model?.Clusters ?? 0,
            labels.Count(label => label == IClusterModel.Noise),
            quality,
            fit.Confidence.ToString().ToLowerInvariant(),
            fit.Reason,
            fit.Candidates,
            [.. explanation?.Clusters.Select(cluster => Found(cluster, ids)) ?? []],
            [.. preparation.Report.Select(decision => new PreparedColumn(decision.Column, Camel(decision.Kind), Camel(decision.Use), decision.Reason))],
            ClusterWarnings.Of(file, names, idColumn, request, fit),
            new ClusterSeconds(Seconds(started, read), Seconds(read, preparedAt), Seconds(preparedAt, clustered), Seconds(clustered, explained), Seconds(started, explained)));
        return new ClusterRun(result, prepared, labels, explanation, ids);

        double Seconds(long from, long to) => Math.Round(time.GetElapsedTime(from, to).TotalSeconds, 3);
    }

    public Task WriteLabelsAsync(string path, Action<Bilingual> note, CancellationToken cancellationToken) =>
        LabelFile.Write(_ids, Labels).WriteAsync(path, "--out", note, cancellationToken);

    /// <summary>Cuts the clusters into micro-segments and writes who is in which.</summary>
    public async Task WriteMicroAsync(string path, long seed, Action<Bilingual> note, CancellationToken cancellationToken)
    {
        var model = MicroSegments.Fit(Prepared, Labels, new MicroSegmentOptions { Seed = seed }, progress: null, cancellationToken);
        await LabelFile.Write(_ids, Labels, model.Labels).WriteAsync(path, "--micro", note, cancellationToken);
        if (model.Note is { } said)
            note(said);
    }

    private static Func<int, string?>? IdsOf(FileColumn? column) =>
        column is null ? null : row => column.Codes[row] < 0 ? null : column.Levels[column.Codes[row]];

    private static FileColumn? IdColumn(FileTable file, string? id, string name)
    {
        if (id is null)
            return null;
        var found = file.Find(id) ?? throw new CommandFailedException(
            $"{name} has no column '{id}' of --id. It has {string.Join(", ", file.Columns.Select(column => column.Name))}; a 1-based position does as well.");
        int[] places = [.. Enumerable.Range(0, file.Columns.Count).Where(column => file.Columns[column].Name == found.Name).Select(column => column + 1)];
        return places.Length == 1 || found.Name != id
            ? found
            : throw new CommandFailedException($"{name} has {places.Length} columns '{id}', at the positions {string.Join(", ", places)}. Give --id the position of the one you mean.");
    }

    private static Table TableOf(FileTable file, IReadOnlyList<string> names, FileColumn? idColumn, string name)
    {
        var columns = file.Columns.Zip(names).Where(one => one.First != idColumn).Select(one => (Column)(one.First.Kind switch
        {
            FileColumnKind.Text => new TextColumn(one.Second, one.First.Codes, one.First.Levels),
            FileColumnKind.Date => new DateColumn(one.Second, one.First.Numbers),
            _ => new NumericColumn(one.Second, one.First.Numbers),
        })).ToList();
        if (columns.Count == 0)
            throw new CommandFailedException($"{name} has no column beside its ids. Name a file with columns to cluster by.");
        return new Table(columns);
    }

    private static (PreparationModel Preparation, Matrix Prepared) Prepare(Table table, PrepareMode mode, string name, CancellationToken cancellationToken)
    {
        try
        {
            var preparation = TablePreparation.Fit(table, new PreparationOptions { Mode = mode }, cancellationToken);
            return (preparation, preparation.TransformForFitting(table, threads: null, cancellationToken));
        }
        catch (Exception unusable) when (unusable is ArgumentException or InvalidOperationException)
        {
            throw new CommandFailedException($"{name}: {FirstSentence(unusable)}", unusable);
        }
    }

    /// <summary>The columns that say something about rows: neither ids nor sentences.</summary>
    private static Table Explainable(Table table, FileTable file, IReadOnlyList<string> names, PreparationModel preparation)
    {
        var told = preparation.Report.Where(decision => decision.Use is not (ColumnUse.Empty or ColumnUse.Constant or ColumnUse.Identifier or ColumnUse.FreeText or ColumnUse.TooManyLevels or ColumnUse.Duplicate));
        return new Table([.. told.Select(decision => table.Columns[decision.Index] is var column && decision.Kind == ColumnKind.Date && column is NumericColumn and not DateColumn
            ? new DateColumn(column.Name, [.. file.Columns[names.ToList().IndexOf(column.Name)].Numbers.Select(DaysOf)])
            : column)]);
    }

    /// <summary>The days since 1970-01-01 of a date in eight digits (20240131), as the preparation took it.</summary>
    private static double DaysOf(double digits)
    {
        // What is no such date is a day already, or missing.
        if (!(digits >= 10_000_000))
            return digits;
        var (year, month, day) = ((int)(digits / 10_000), (int)(digits / 100) % 100, (int)(digits % 100));
        return (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalDays;
    }

    private static ClusterQuality Quality(Matrix rows, ClusterFit fit, long seed, CancellationToken cancellationToken)
    {
        if (fit.Model is not { Clusters: > 0 } model)
            return new ClusterQuality(null, null, null, null, null, null, fit.Stability, fit.StructureP);
        var silhouette = rows.Rows <= SilhouetteRows
            ? Silhouette.Exact(rows, model.Labels, threads: null, cancellationToken)
            : Silhouette.Sampled(rows, model.Labels, SilhouetteRows / 4, seed, threads: null, cancellationToken);
        var dbcv = model is DbscanModel or HdbscanModel && rows.Rows <= DbcvRows ? Dbcv.Of(rows, model.Labels, threads: null, cancellationToken) : null;
        return new ClusterQuality(
            Finite(silhouette?.Value), Finite(silhouette?.StandardError), Finite(DaviesBouldin.Of(rows, model.Labels)), Finite(CalinskiHarabasz.Of(rows, model.Labels)),
            Finite(dbcv?.Value), Finite((model as KMeansModel)?.Inertia), fit.Stability, fit.StructureP);

        // Clusters of identical rows have no spread to divide by, and JSON no word for the infinite.
        static double? Finite(double? figure) => figure is { } number && double.IsFinite(number) ? number : null;
    }

    private static FoundCluster Found(ExplainedCluster cluster, Func<int, string?>? ids) => new(
        cluster.Label,
        cluster.Name,
        cluster.Summary,
        cluster.Size,
        cluster.Share,
        ids is null ? $"{cluster.TypicalRow + 1}" : ids(cluster.TypicalRow) ?? "",
        cluster.Rule is { } rule ? new ClusterRuleFound(rule.Text, rule.Precision, rule.Recall) : null,
        [.. cluster.Features.Select(trait => (Strength: Math.Abs(trait.Difference), trait.Text))
            .Concat(cluster.Categories.Select(trait => (Strength: Math.Abs(trait.Strength), trait.Text)))
            .OrderByDescending(trait => trait.Strength)
            .Select(trait => trait.Text)]);

    private static string Camel<T>(T value)
        where T : struct, Enum
    {
        var text = value.ToString();
        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    internal static string FirstSentence(Exception exception) =>
        exception is ArgumentException { ParamName: { } parameter } ? exception.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : exception.Message;
}
