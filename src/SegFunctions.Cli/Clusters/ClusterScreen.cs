using System.Globalization;
using SegFunctions.Learning.Explanation;
using Spectre.Console;

namespace SegFunctions.Cli.Clusters;

/// <summary>What <c>cluster</c> shows to a person.</summary>
internal static class ClusterScreen
{
    private const int CandidatesShown = 6;
    private const int TraitsShown = 2;

    public static void Print(IAnsiConsole screen, ClusterResult result, Language language)
    {
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.File}{ClusterWords.Colon.In(language)}{Wording.Number((double)result.Rows).In(language)} {ClusterWords.Rows.In(language)}, {ClusterWords.Counted(result.K).In(language)} ({result.Algorithm}), {ClusterWords.Confidence.In(language)}{ClusterWords.Colon.In(language)}{ClusterWords.ConfidenceNamed(result.Confidence).In(language)}"));
        screen.WriteLine(result.Reason.In(language));
        foreach (var warning in result.Warnings)
            screen.WriteLine("! " + warning.In(language));
        if (result.Clusters.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("", ClusterWords.Name.In(language), ClusterWords.Size.In(language), ClusterWords.Rule.In(language), ClusterWords.Traits.In(language));
            foreach (var cluster in result.Clusters)
            {
                table.AddRow(
                    cluster.Label.ToString(CultureInfo.InvariantCulture),
                    Markup.Escape(cluster.Name.In(language)),
                    Markup.Escape($"{Wording.Number((double)cluster.Size).In(language)} ({Wording.Percent(cluster.Share).In(language)})"),
                    Markup.Escape(cluster.Rule?.Text.In(language) ?? "–"),
                    Markup.Escape(string.Join("; ", cluster.Traits.Take(TraitsShown).Select(trait => trait.In(language)))));
            }

            screen.Write(table);
        }

        if (result.Candidates.Count > 0)
        {
            var table = new Table().Title(ClusterWords.Candidates.In(language)).Border(TableBorder.Rounded).AddColumns(ClusterWords.Candidate.In(language), ClusterWords.Clusters.In(language), ClusterWords.Silhouette.In(language), ClusterWords.Why.In(language));
            foreach (var one in result.Candidates.Take(CandidatesShown))
            {
                table.AddRow(
                    Markup.Escape(one.Description.In(language)),
                    one.K.ToString(CultureInfo.InvariantCulture),
                    Wording.Number(one.Silhouette ?? double.NaN, 3).In(language),
                    Markup.Escape(one.Reason.In(language)));
            }

            screen.Write(table);
        }
    }
}
