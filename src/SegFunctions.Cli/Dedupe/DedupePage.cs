using System.Globalization;
using System.Text;
using SegFunctions.Cli.Output;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Dedupe;

/// <summary>The report of a run as Markdown; it names ids and no values.</summary>
internal static class DedupePage
{
    public static string Of(DedupeResult result, Language language)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {DedupeWords.Title.In(language)} {MarkdownText.Cell(result.File)}\n\n{DedupeWords.Summary(result).In(language)}.\n\n");
        if (result.RepeatedIds > 0)
            text.Append(CultureInfo.InvariantCulture, $"{DedupeWords.RepeatedIds(result.RepeatedIds).In(language)}.\n\n");
        if (result.Changes is { } changes)
            text.Append(CultureInfo.InvariantCulture, $"## {DedupeWords.TitleOf(changes).In(language)} {MarkdownText.Cell(changes.File)}\n\n{DedupeWords.Of(changes).In(language)}.\n\n");
        if (result.Explanation is { } explanation)
            text.Append(CultureInfo.InvariantCulture, $"## {DedupeWords.Explanation.In(language)}\n\n{MarkdownText.Cell(explanation.Text.In(language))}.\n\n");
        Table(text, DedupeWords.Columns.In(language), [DedupeWords.Column, DedupeWords.Field, DedupeWords.Why], result.Columns.Select(one => new[] { one.Column, one.Field, one.Evidence }), language);
        Table(text, DedupeWords.Unused.In(language), [DedupeWords.Column, DedupeWords.Why], result.Unused.Select(one => new[] { one.Column, one.Reason }), language);
        List(text, DedupeWords.Blocked.In(language), result.Blocked.Select(one => one.Reason.In(language)));
        List(text, DedupeWords.Refused.In(language), result.Refused.Select(one => DedupeWords.Of(one).In(language)));
        Table(
            text,
            $"{DedupeWords.Review.In(language)} ({Wording.Number((double)result.Reviews).In(language)})",
            [DedupeWords.One, DedupeWords.Other, DedupeWords.Probability, DedupeWords.Why],
            result.Review.Select(one => new[] { one.Left, one.Right, Wording.Percent(one.Probability, 1).In(language), one.Evidence.In(language) }),
            language);
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, Bilingual[] headers, IEnumerable<string[]> rows, Language language)
    {
        var lines = rows.Select(row => $"| {string.Join(" | ", row.Select(MarkdownText.Cell))} |\n").ToList();
        if (lines.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| {string.Join(" | ", headers.Select(header => header.In(language)))} |\n|{string.Concat(headers.Select(_ => " --- |"))}\n");
        lines.ForEach(line => text.Append(line));
        text.Append('\n');
    }

    private static void List(StringBuilder text, string title, IEnumerable<string> items)
    {
        var lines = items.Select(item => $"- {MarkdownText.Cell(item)}\n").ToList();
        if (lines.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        lines.ForEach(line => text.Append(line));
        text.Append('\n');
    }
}
