using SegFunctions.Cli.Clusters;
using SegFunctions.Learning.Explanation;
using Spectre.Console;

namespace SegFunctions.Cli.Churn;

/// <summary>What <c>churn</c> shows to a person.</summary>
internal static class ChurnScreen
{
    private const int DriversShown = 8;
    private const int CandidatesShown = 8;

    public static void Print(IAnsiConsole screen, ChurnRunResult result, Language language)
    {
        var colon = ClusterWords.Colon.In(language);
        screen.WriteLine($"{result.File}{colon}{Wording.Number((double)result.Rows).In(language)} {ChurnWords.Rows.In(language)}, {ChurnWords.Leaving(result.Positives, result.Rows, result.Label, result.Positive).In(language)}");
        screen.WriteLine($"{result.Model}{colon}{result.Reason.In(language)}");
        foreach (var warning in result.Warnings.Concat(result.Leakage.Select(leak => leak.Reason)))
            screen.WriteLine("! " + warning.In(language));
        if (result.Figures is { } figures && result.Baseline is { } baseline)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("", "AUC", ChurnWords.LogLoss.In(language), "Brier", ChurnWords.Calibration.In(language));
            Row(ChurnWords.Learned, figures);
            Row(ChurnWords.Baseline, baseline);
            if (result.Test is { } test)
                Row(ChurnWords.Test, test.Figures);
            screen.Write(table);

            void Row(Bilingual name, PredictionFigures one) => table.AddRow(name.In(language), Figure(one.Auc, 3), Figure(one.LogLoss, 4), Figure(one.Brier, 4), Figure(one.CalibrationError, 4));
        }

        if (result.Costs is { } costs)
        {
            screen.WriteLine(ChurnWords.Pays(costs).In(language));
            if ((result.Test?.Figures ?? result.Figures)?.Profit is { } profit)
                screen.WriteLine($"{ChurnWords.ProfitAtThreshold.In(language)}{colon}{Money(profit.AtThreshold)}; {ChurnWords.ProfitOfAll.In(language)}{colon}{Money(profit.Everybody)}");
        }

        if (result.Drivers.Count > 0)
            screen.WriteLine($"{ChurnWords.Drivers.In(language)}{colon}{string.Join(", ", result.Drivers.Take(DriversShown).Select(driver => $"{driver.Column} ({Wording.Number(driver.Strength, 2).In(language)})"))}");
        if (result.Candidates.Count > 0)
        {
            var table = new Table().Title(ChurnWords.Candidates.In(language)).Border(TableBorder.Rounded).AddColumns(ChurnWords.Candidate.In(language), ChurnWords.LogLoss.In(language), "AUC", ChurnWords.Why.In(language));
            foreach (var one in result.Candidates.Take(CandidatesShown))
                table.AddRow(Markup.Escape(one.Description.In(language)), Wording.Number(one.LogLoss, 4).In(language), Wording.Number(one.Auc, 3).In(language), Markup.Escape(one.Reason.In(language)));
            screen.Write(table);
        }

        string Money(FigureWithInterval figure) =>
            $"{Wording.Number(figure.Value, 2).In(language)} [{Wording.Number(figure.Lower ?? double.NaN, 2).In(language)} – {Wording.Number(figure.Upper ?? double.NaN, 2).In(language)}]";

        string Figure(FigureWithInterval? figure, int decimals) => Wording.Number(figure?.Value ?? double.NaN, decimals).In(language);
    }
}
