using System.Globalization;
using System.Text;
using SegFunctions.Cli.Output;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Explanation.Charts;

namespace SegFunctions.Cli.Clusters;

/// <summary>The report of a run as Markdown that stands alone: candidates, profiles and charts (inline SVG).</summary>
internal static class ClusterReport
{
    private const int TraitsShown = 6;

    public static string Of(ClusterRun run, Language language)
    {
        var result = run.Result;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {ClusterWords.Title.In(language)} {MarkdownText.Cell(result.File)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Wording.Number((double)result.Rows).In(language)} {ClusterWords.Rows.In(language)} · {ClusterWords.Counted(result.K).In(language)} · {result.Algorithm} · {ClusterWords.Confidence.In(language)} **{ClusterWords.ConfidenceNamed(result.Confidence).In(language)}**\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.Cell(result.Reason.In(language))}\n\n");
        if (result.Warnings.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {ClusterWords.Warnings.In(language)}\n\n");
            foreach (var warning in result.Warnings)
                text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Cell(warning.In(language))}\n");
            text.Append('\n');
        }

        AppendProfiles(text, run, language);
        AppendQuality(text, result, language);
        AppendCandidates(text, result, language);
        AppendPreparation(text, result, language);
        return text.ToString();
    }

    private static void AppendProfiles(StringBuilder text, ClusterRun run, Language language)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {ClusterWords.Profiles.In(language)}\n\n");
        if (run.Explanation is not { } explanation)
        {
            text.Append(CultureInfo.InvariantCulture, $"{ClusterWords.None.In(language)}\n\n");
            return;
        }

        text.Append(ClusterCharts.Sizes(explanation, language)).Append("\n\n");
        text.Append(ClusterCharts.Projection(run.Prepared, run.Labels, explanation, language)).Append("\n\n");
        if (explanation.NumericColumns.Count > 0)
            text.Append(ClusterCharts.HeatMap(explanation, language)).Append("\n\n");
        foreach (var cluster in run.Result.Clusters)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {cluster.Label} · {MarkdownText.Cell(cluster.Name.In(language))}\n\n{MarkdownText.Cell(cluster.Summary.In(language))}\n\n");
            if (cluster.Rule is { } rule)
                text.Append(CultureInfo.InvariantCulture, $"- {ClusterWords.Rule.In(language)}{ClusterWords.Colon.In(language)}**{MarkdownText.Cell(rule.Text.In(language))}** ({ClusterWords.Precision.In(language)} {Wording.Percent(rule.Precision).In(language)}, {ClusterWords.Recall.In(language)} {Wording.Percent(rule.Recall).In(language)})\n");
            text.Append(CultureInfo.InvariantCulture, $"- {ClusterWords.Typical.In(language)}{ClusterWords.Colon.In(language)}{MarkdownText.Cell(cluster.TypicalId)}\n");
            foreach (var trait in cluster.Traits.Take(TraitsShown))
                text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Cell(trait.In(language))}\n");
            text.Append('\n');
        }
    }

    private static void AppendQuality(StringBuilder text, ClusterResult result, Language language)
    {
        var quality = result.Quality;
        text.Append(CultureInfo.InvariantCulture, $"## {ClusterWords.Quality.In(language)}\n\n| | |\n| --- | ---: |\n");
        Line(ClusterWords.Silhouette.In(language), quality.Silhouette, 3);
        Line("Davies–Bouldin", quality.DaviesBouldin, 3);
        Line("Calinski–Harabasz", quality.CalinskiHarabasz, 1);
        Line("DBCV", quality.Dbcv, 3);
        Line(ClusterWords.Inertia.In(language), quality.Inertia, 1);
        Line(ClusterWords.Stability.In(language), quality.Stability, 2);
        Line(ClusterWords.StructureP.In(language), quality.StructureP, 3);
        text.Append('\n');

        void Line(string name, double? value, int decimals)
        {
            if (value is { } number)
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {Wording.Number(number, decimals).In(language)} |\n");
        }
    }

    private static void AppendCandidates(StringBuilder text, ClusterResult result, Language language)
    {
        if (result.Candidates.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {ClusterWords.Candidates.In(language)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ClusterWords.Candidate.In(language)} | {ClusterWords.Clusters.In(language)} | {ClusterWords.Smallest.In(language)} | {ClusterWords.Noise.In(language)} | {ClusterWords.Separation.In(language)} | {ClusterWords.Silhouette.In(language)} | {ClusterWords.Stability.In(language)} | {ClusterWords.Why.In(language)} |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");
        foreach (var one in result.Candidates)
        {
            var mark = one.Chosen ? "**" : "";
            text.Append(CultureInfo.InvariantCulture, $"| {mark}{MarkdownText.Cell(one.Description.In(language))}{mark} | {one.K} | {one.Smallest} | {Wording.Percent(one.NoiseShare, 1).In(language)} | {Figure(one.Separation, 2)} | {Figure(one.Silhouette, 3)} | {Figure(one.Stability, 2)} | {MarkdownText.Cell(one.Reason.In(language))} |\n");
        }

        text.Append('\n');

        string Figure(double? value, int decimals) => value is { } number ? Wording.Number(number, decimals).In(language) : "";
    }

    private static void AppendPreparation(StringBuilder text, ClusterResult result, Language language)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {ClusterWords.Preparation.In(language)}\n\n");
        foreach (var column in result.Preparation)
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Cell(column.Reason.In(language))}\n");
    }
}
