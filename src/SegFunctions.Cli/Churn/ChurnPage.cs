using System.Globalization;
using System.Text;
using SegFunctions.Cli.Output;
using SegFunctions.Learning.Classification.Charts;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Churn;

/// <summary>The report of a run as Markdown that stands alone: figures, candidates, drivers and charts (inline SVG).</summary>
internal static class ChurnPage
{
    private const int DriversShown = 20;

    public static string Of(ChurnRun run, Language language)
    {
        var result = run.Result;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {ChurnWords.Title.In(language)} {MarkdownText.Cell(result.Label)} · {MarkdownText.Cell(result.File)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Wording.Number((double)result.Rows).In(language)} {ChurnWords.Rows.In(language)} · {MarkdownText.Cell(ChurnWords.Leaving(result.Positives, result.Rows, result.Label, result.Positive).In(language))} · **{result.Model}**\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.Cell(result.Reason.In(language))}.\n\n{MarkdownText.Cell(result.Scored.In(language))}.\n\n");
        AppendList(text, ChurnWords.Warnings, result.Warnings, language);
        AppendFigures(text, result, language);
        AppendCharts(text, run, language);
        AppendDrivers(text, run, language);
        AppendCandidates(text, result, language);
        AppendList(text, ChurnWords.Leakage, result.Leakage.Select(leak => leak.Reason), language);
        AppendList(text, ChurnWords.LeftOut, result.LeftOut.Select(column => column.Reason), language);
        AppendList(text, ChurnWords.HowCalibrated, result.Calibration is { } calibration ? [calibration.Reason] : [], language);
        return text.ToString();
    }

    private static void AppendFigures(StringBuilder text, ChurnRunResult result, Language language)
    {
        if (result.Figures is not { } learned || result.Baseline is not { } baseline)
            return;
        var test = result.Test?.Figures;
        text.Append(CultureInfo.InvariantCulture, $"## {ChurnWords.Figures.In(language)}\n\n{MarkdownText.Cell(result.Method.In(language))}.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ChurnWords.Figure.In(language)} | {ChurnWords.Learned.In(language)} | {ChurnWords.Baseline.In(language)} |{(test is null ? "" : $" {ChurnWords.Test.In(language)} |")}\n");
        text.Append(CultureInfo.InvariantCulture, $"| --- | ---: | ---: |{(test is null ? "" : " ---: |")}\n");
        Line("AUC", figures => figures.Auc, 3);
        Line(ChurnWords.Precision.In(language), figures => figures.AveragePrecision, 3);
        Line(ChurnWords.LogLoss.In(language), figures => figures.LogLoss, 4);
        Line("Brier", figures => figures.Brier, 4);
        Line(ChurnWords.Calibration.In(language), figures => figures.CalibrationError, 4);
        for (var i = 0; i < learned.Lift.Count; i++)
            Line(ChurnWords.Lift(learned.Lift[i].Share).In(language), figures => i < figures.Lift.Count ? figures.Lift[i].Lift : null, 2);
        if (result.Costs is { } costs)
        {
            Line(ChurnWords.ProfitAtThreshold.In(language), figures => figures.Profit?.AtThreshold, 2);
            Line(ChurnWords.ProfitOfAll.In(language), figures => figures.Profit?.Everybody, 2);
            Line(ChurnWords.ProfitAtBest.In(language), figures => figures.Profit?.AtBest, 2);
            text.Append(CultureInfo.InvariantCulture, $"\n{ChurnWords.Pays(costs).In(language)}\n");
        }

        text.Append('\n');

        void Line(string name, Func<PredictionFigures, FigureWithInterval?> figure, int decimals) => text.Append(
            CultureInfo.InvariantCulture,
            $"| {name} | {Figure(figure(learned), decimals)} | {Figure(figure(baseline), decimals)} |{(test is null ? "" : $" {Figure(figure(test), decimals)} |")}\n");

        string Figure(FigureWithInterval? figure, int decimals) => figure switch
        {
            null => "",
            { Lower: { } lower, Upper: { } upper } => $"{Number(figure.Value, decimals)} ({Number(lower, decimals)}–{Number(upper, decimals)})",
            _ => Number(figure.Value, decimals),
        };

        string Number(double value, int decimals) => Wording.Number(value, decimals).In(language);
    }

    private static void AppendCharts(StringBuilder text, ChurnRun run, Language language)
    {
        if ((run.Test ?? run.Findings.Figures) is not { } figures)
            return;
        text.Append(ClassificationCharts.Reliability(figures, language)).Append("\n\n");
        text.Append(ClassificationCharts.Gain(figures, language)).Append("\n\n");
    }

    private static void AppendDrivers(StringBuilder text, ChurnRun run, Language language)
    {
        if (run.Findings.Drivers.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {ChurnWords.Drivers.In(language)}\n\n{ClassificationCharts.Drivers(run.Findings.Drivers, language)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ChurnWords.Column.In(language)} | {ChurnWords.Strength.In(language)} |\n| --- | ---: |\n");
        foreach (var driver in run.Findings.Drivers.Take(DriversShown))
            text.Append(CultureInfo.InvariantCulture, $"| {MarkdownText.Cell(driver.Column)} | {Wording.Number(driver.Strength, 3).In(language)} |\n");
        text.Append('\n');
    }

    private static void AppendCandidates(StringBuilder text, ChurnRunResult result, Language language)
    {
        if (result.Candidates.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {ChurnWords.Candidates.In(language)}\n\n| {ChurnWords.Candidate.In(language)} | {ChurnWords.LogLoss.In(language)} | AUC | {ChurnWords.Why.In(language)} |\n| --- | ---: | ---: | --- |\n");
        foreach (var one in result.Candidates)
        {
            var mark = one.Chosen ? "**" : "";
            text.Append(CultureInfo.InvariantCulture, $"| {mark}{MarkdownText.Cell(one.Description.In(language))}{mark} | {Wording.Number(one.LogLoss, 4).In(language)} | {Wording.Number(one.Auc, 3).In(language)} | {MarkdownText.Cell(one.Reason.In(language))} |\n");
        }

        text.Append('\n');
    }

    private static void AppendList(StringBuilder text, Bilingual title, IEnumerable<Bilingual> lines, Language language)
    {
        var list = lines.ToList();
        if (list.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {title.In(language)}\n\n");
        foreach (var line in list)
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Cell(line.In(language))}\n");
        text.Append('\n');
    }
}
