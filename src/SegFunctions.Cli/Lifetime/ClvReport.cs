using System.Globalization;
using System.Text;
using SegFunctions.Cli.Output;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Lifetime;
using SegFunctions.Learning.Lifetime.Charts;

namespace SegFunctions.Cli.Lifetime;

/// <summary>The report of a run as Markdown that stands alone: models, forecast, checks and charts (inline SVG).</summary>
internal static class ClvReport
{
    public static string Of(ClvRun run, Language language)
    {
        var text = new StringBuilder();
        var result = run.Result;
        Line($"# {ClvWords.Title.In(language)} {MarkdownText.Cell(run.File)}\n");
        Line($"{Wording.Number((double)result.Customers).In(language)} {ClvWords.Customers.In(language)} · {Wording.Number((double)run.Orders.Log.Orders).In(language)} {ClvWords.Orders.In(language)} · {ClvWords.Period.In(language)} {ClvWords.Day(run.Observed.FirstDay)} {ClvWords.To.In(language)} {ClvWords.Day(run.Observed.EndDay)} · {ClvWords.Horizon.In(language)} {Wording.Days(run.Request.HorizonDays).In(language)} · **{PurchaseModelNames.Title(run.Purchases.Model.Kind)}**\n");
        Line($"{MarkdownText.Cell(run.Reason.In(language))}\n");
        if (result.Warnings.Count > 0)
        {
            Line($"## {ClvWords.Warnings.In(language)}\n");
            foreach (var warning in result.Warnings)
                Line($"- {MarkdownText.Cell(warning.In(language))}");
            Line("");
        }

        AppendForecast(text, run, language);
        AppendHoldout(text, run, language);
        Line($"## {ClvWords.Fit.In(language)}\n");
        Line($"{ClvWords.Suits(run.Suits).In(language)}\n");
        Line($"{LifetimeCharts.Repeats(run.Suits, language)}\n");
        AppendModels(text, run, language);
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    /// <summary>A total with its interval.</summary>
    public static string Range(TotalForecast total, int decimals, Language language) =>
        double.IsNaN(total.Low)
            ? Wording.Number(total.Expected, decimals).In(language)
            : $"{Wording.Number(total.Expected, decimals).In(language)} [{Wording.Number(total.Low, decimals).In(language)} – {Wording.Number(total.High, decimals).In(language)}]";

    private static void AppendForecast(StringBuilder text, ClvRun run, Language language)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {ClvWords.Forecast.In(language)}\n\n| | |\n| --- | ---: |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.MeanAlive.In(language)} | {Wording.Percent(run.Forecasts.Average(forecast => forecast.Alive), 1).In(language)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.ExpectedOrders.In(language)} | {Range(run.TotalOrders, 0, language)} |\n");
        var valued = !double.IsNaN(run.TotalValue.Expected);
        if (valued)
            text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.Value.In(language)} ({Wording.Percent(run.Request.Discount, 1).In(language)}) | {Range(run.TotalValue, 0, language)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"\n{ClvWords.Interval.In(language)}\n\n");
        if (!valued)
            return;
        double[] values = [.. run.Forecasts.Select(forecast => forecast.Value)];
        text.Append(CultureInfo.InvariantCulture, $"## {ClvWords.Deciles.In(language)}\n\n{LifetimeCharts.Deciles(values, language)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.Decile.In(language)} | {ClvWords.Customers.In(language)} | {ClvWords.Value.In(language)} | {ClvWords.Share.In(language)} |\n| ---: | ---: | ---: | ---: |\n");
        foreach (var decile in ValueDeciles.Of(values))
            text.Append(CultureInfo.InvariantCulture, $"| {decile.Decile} | {Wording.Number((double)decile.Customers).In(language)} | {Wording.Number(decile.Total).In(language)} | {Wording.Percent(decile.Share, 1).In(language)} |\n");
        text.Append('\n');
    }

    private static void AppendHoldout(StringBuilder text, ClvRun run, Language language)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {ClvWords.Holdout.In(language)}\n\n");
        if (run.Holdout is { } check)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(check.BeatsNaive ? ClvWords.Beats : ClvWords.DoesNotBeat).In(language)}\n\n| | {PurchaseModelNames.Title(run.Purchases.Model.Kind)} | {ClvWords.Naive.In(language)} |\n| --- | ---: | ---: |\n");
            text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.Error.In(language)} | {Wording.Number(check.MeanAbsoluteError, 3).In(language)} | {Wording.Number(check.NaiveMeanAbsoluteError, 3).In(language)} |\n");
            text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.SquaredError.In(language)} | {Wording.Number(check.RootMeanSquaredError, 3).In(language)} | {Wording.Number(check.NaiveRootMeanSquaredError, 3).In(language)} |\n");
            text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.Correlation.In(language)} | {Wording.Number(check.Correlation, 3).In(language)} | |\n");
            text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.Total.In(language)} ({ClvWords.Actual.In(language)} {Wording.Number(check.ActualTotal).In(language)}) | {Wording.Number(check.ExpectedTotal).In(language)} | |\n\n");
            text.Append(LifetimeCharts.Holdout(check, language)).Append("\n\n");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"{ClvWords.NoHoldout.In(language)}\n\n");
        }

        text.Append(LifetimeCharts.Weekly(run.Tracking, language)).Append("\n\n");
        text.Append(LifetimeCharts.Cumulative(run.Tracking, language)).Append("\n\n");
    }

    private static void AppendModels(StringBuilder text, ClvRun run, Language language)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {ClvWords.Models.In(language)}\n\n| {ClvWords.Model.In(language)} | {ClvWords.Parameters.In(language)} | {ClvWords.LogLikelihood.In(language)} | {ClvWords.Outcome.In(language)} |\n| --- | --- | ---: | --- |\n");
        foreach (var fit in run.Tried)
        {
            var mark = fit == run.Purchases ? "**" : "";
            var parameters = string.Join(", ", fit.Model.Parameters.Select((parameter, i) => $"{parameter.Key} {Figure(parameter.Value)}{(double.IsNaN(fit.StandardErrors[i]) ? "" : $" ± {Figure(fit.StandardErrors[i])}")}"));
            text.Append(CultureInfo.InvariantCulture, $"| {mark}{PurchaseModelNames.Title(fit.Asked)}{mark} | {parameters} | {Wording.Number(fit.LogLikelihood, 2).In(language)} | {MarkdownText.Cell(fit.Outcome.In(language))} |\n");
        }

        text.Append('\n');
        if (run.Spend is not { Model: { } spend } found)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {ClvWords.Spend.In(language)}\n\n| | |\n| --- | ---: |\n");
        text.Append(CultureInfo.InvariantCulture, $"| p, q, gamma | {Figure(spend.P)}, {Figure(spend.Q)}, {Figure(spend.Gamma)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.LogLikelihood.In(language)} | {Wording.Number(found.LogLikelihood, 2).In(language)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.SpendCorrelation.In(language)} | {Wording.Number(found.Correlation, 3).In(language)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {ClvWords.MeanAmount.In(language)} | {Wording.Number(spend.PopulationMean, 2).In(language)} |\n");

        string Figure(double value) => Wording.Number(value, Math.Abs(value) < 100 ? 4 : 1).In(language);
    }
}
