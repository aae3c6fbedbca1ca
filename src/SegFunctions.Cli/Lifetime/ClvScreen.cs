using System.Globalization;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Lifetime;
using Spectre.Console;

namespace SegFunctions.Cli.Lifetime;

/// <summary>What <c>clv</c> shows to a person.</summary>
internal static class ClvScreen
{
    public static void Print(IAnsiConsole screen, ClvRun run, Language language)
    {
        var result = run.Result;
        screen.WriteLine($"{run.File}{ClvWords.Colon.In(language)}{Wording.Number((double)result.Customers).In(language)} {ClvWords.Customers.In(language)}, {PurchaseModelNames.Title(run.Purchases.Model.Kind)} ({string.Join(", ", result.Params.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value:0.####}")))}), {ClvWords.LogLikelihood.In(language)} {Wording.Number(result.LogLikelihood, 2).In(language)}");
        screen.WriteLine(run.Reason.In(language));
        foreach (var warning in result.Warnings)
            screen.WriteLine("! " + warning.In(language));
        screen.WriteLine($"{ClvWords.ExpectedOrders.In(language)}, {Wording.Days(run.Request.HorizonDays).In(language)}{ClvWords.Colon.In(language)}{ClvReport.Range(run.TotalOrders, 0, language)}");
        if (!double.IsNaN(run.TotalValue.Expected))
            screen.WriteLine($"{ClvWords.Value.In(language)}{ClvWords.Colon.In(language)}{ClvReport.Range(run.TotalValue, 0, language)}");
        if (run.Holdout is { } holdout)
            screen.WriteLine($"{ClvWords.Holdout.In(language)}{ClvWords.Colon.In(language)}{ClvWords.Error.In(language)} {Wording.Number(holdout.MeanAbsoluteError, 3).In(language)} ({ClvWords.Naive.In(language)} {Wording.Number(holdout.NaiveMeanAbsoluteError, 3).In(language)}); {(holdout.BeatsNaive ? ClvWords.Beats : ClvWords.DoesNotBeat).In(language)}");
        if (double.IsNaN(run.TotalValue.Expected))
            return;
        var table = new Table().Title(ClvWords.Deciles.In(language)).Border(TableBorder.Rounded).AddColumns(ClvWords.Decile.In(language), ClvWords.Customers.In(language), ClvWords.Value.In(language), ClvWords.Share.In(language));
        foreach (var decile in ValueDeciles.Of([.. run.Forecasts.Select(forecast => forecast.Value)]))
        {
            table.AddRow(
                decile.Decile.ToString(CultureInfo.InvariantCulture),
                Wording.Number((double)decile.Customers).In(language),
                Wording.Number(decile.Total).In(language),
                Wording.Percent(decile.Share, 1).In(language));
        }

        screen.Write(table);
    }
}
