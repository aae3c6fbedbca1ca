using System.CommandLine;
using SegFunctions.Cli.Clusters;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;
using SegFunctions.Learning.Clustering.Hierarchical;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Cli.Commands;

/// <summary><c>cluster</c>: groups the rows of any table, without storage.</summary>
internal static class ClusterCommand
{
    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The table: CSV, NDJSON or Excel (.xlsx), plain or gzip, with or without header." };
        var id = new Option<string?>("--id") { Description = "The column of ids, by header or 1-based position; it is not clustered by. Default: the number of the row, from 1." };
        var algorithm = OptionValues.Choice<ClusterAlgorithm>("--algorithm", "How to group. auto tries all that suit the data, and says when there is no structure. Default: auto.");
        var prepare = OptionValues.Choice<PrepareMode>("--prepare", "auto: types, gaps, skew, scales and outliers seen to; scale: numeric columns, one scale; none: the numbers as they are. Default: auto.");
        var clusters = OptionValues.Whole("--k", "How many clusters (kmeans, minibatch, ward, hierarchical). Default: 2 to --max-segments are tried.");
        var epsilon = OptionValues.Number("--eps", "dbscan: radius of a neighbourhood. Default: proposed from the distances.");
        var minimumPoints = OptionValues.Whole("--min-points", "dbscan: rows within the radius, itself included, that make a core point.");
        var minimumClusterSize = OptionValues.Whole("--min-cluster-size", "hdbscan: rows that make a cluster.");
        var minimumSamples = OptionValues.Whole("--min-samples", "hdbscan: rows that make a dense neighbourhood. Default: --min-cluster-size.");
        var linkage = OptionValues.Choice<Linkage>("--linkage", "hierarchical: how far two groups are apart. Default: average.");
        var height = OptionValues.Number("--height", "ward, hierarchical: cut where merges are higher than this.");
        var starts = OptionValues.Whole("--starts", "kmeans, minibatch: independent starts, of which the best is kept.");
        var minimumSize = OptionValues.Whole("--min-size", "auto: rows of the smallest segment. Default: 10 or 1 %, whichever is more.");
        var maximumSegments = OptionValues.Whole("--max-segments", "Most segments that are tried where none are named. Default: 20.");
        var seed = OptionValues.Seed("--seed", "The same seed gives the same labels.");
        var labels = new Option<FileInfo?>("--out") { Description = "CSV id,label: a line a row, in the order of the file; labels from 0 by falling size, -1 for none." };
        var micro = new Option<FileInfo?>("--micro") { Description = "CSV id,label,micro: 20 to 100 small groups within the clusters, for fine targeting; -1 for none." };
        var report = new Option<FileInfo?>("--report") { Description = "Markdown with the candidates, the profiles and charts." };
        var language = CommonOptions.Language("the report and the words on the screen");
        var json = CommonOptions.Json();
        var command = new Command("cluster", "Groups the rows of a table, explains the groups, and says how far to trust them.")
        {
            file, id, algorithm, clusters, prepare, epsilon, minimumPoints, minimumClusterSize, minimumSamples, linkage, height, starts,
            minimumSize, maximumSegments, seed, labels, micro, report, language, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ClusterRequest
            {
                File = parsed.GetValue(file)!.FullName,
                Id = parsed.GetValue(id),
                Algorithm = parsed.GetValue(algorithm) ?? ClusterAlgorithm.Auto,
                Prepare = parsed.GetValue(prepare) ?? PrepareMode.Auto,
                Clusters = parsed.GetValue(clusters),
                Epsilon = parsed.GetValue(epsilon),
                MinimumPoints = parsed.GetValue(minimumPoints),
                MinimumClusterSize = parsed.GetValue(minimumClusterSize),
                MinimumSamples = parsed.GetValue(minimumSamples),
                Linkage = parsed.GetValue(linkage),
                Height = parsed.GetValue(height),
                Starts = parsed.GetValue(starts),
                MinimumSize = parsed.GetValue(minimumSize),
                MaximumSegments = parsed.GetValue(maximumSegments),
                Seed = parsed.GetValue(seed),
            };
            request.Validate();
            var (target, fine, page) = (parsed.GetValue(labels)?.FullName, parsed.GetValue(micro)?.FullName, parsed.GetValue(report)?.FullName);
            var targets = new OutputTargets(("--out", target), ("--micro", fine), ("--report", page));
            targets.RequireDifferent("is the table itself", request.File);
            InputFile.Require(request.File);
            targets.RequireWritable();
            var words = CommonOptions.LanguageNamed(parsed.GetValue(language));
            var run = await ClusterRun.RunAsync(request, new ClusterProgressLine(console), time, cancellationToken);
            if (target is not null)
                await run.WriteLabelsAsync(target, Note, cancellationToken);
            if (fine is not null)
                await run.WriteMicroAsync(fine, request.Seed, Note, cancellationToken);
            if (page is not null)
                await OutputFile.WriteAsync(page, "--report", ClusterReport.Of(run, words), cancellationToken);
            if (parsed.GetValue(json))
                console.Json(run.Result, CliJson.Default.ClusterResult);
            else
                ClusterScreen.Print(console.Screen, run.Result, words);
            return CommandLine.Done;

            void Note(Bilingual text) => console.Note(text.In(words));
        });
        return command;
    }
}
