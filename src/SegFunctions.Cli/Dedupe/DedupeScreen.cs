using SegFunctions.Cli.Clusters;
using SegFunctions.Learning.Explanation;
using Spectre.Console;

namespace SegFunctions.Cli.Dedupe;

/// <summary>What <c>dedupe</c> shows to a person.</summary>
internal static class DedupeScreen
{
    private const int ReviewsShown = 5;

    public static void Print(IAnsiConsole screen, DedupeResult result, Language language)
    {
        var colon = ClusterWords.Colon.In(language);
        screen.WriteLine($"{result.File}{colon}{DedupeWords.Summary(result).In(language)}");
        screen.WriteLine($"{DedupeWords.Columns.In(language)}{colon}{string.Join(", ", result.Columns.Select(column => $"{column.Column} ({column.Field})"))}");
        if (result.Unused.Count > 0)
            screen.WriteLine($"{DedupeWords.Unused.In(language)}{colon}{string.Join(", ", result.Unused.Select(column => column.Column))}");
        if (result.RepeatedIds > 0)
            screen.WriteLine("! " + DedupeWords.RepeatedIds(result.RepeatedIds).In(language));
        foreach (var blocked in result.Blocked)
            screen.WriteLine("! " + blocked.Reason.In(language));
        foreach (var refused in result.Refused)
            screen.WriteLine($"! {DedupeWords.Refused.In(language)}{colon}{DedupeWords.Of(refused).In(language)}");
        if (result.Changes is { } changes)
            screen.WriteLine($"{DedupeWords.TitleOf(changes).In(language)} {changes.File}{colon}{DedupeWords.Of(changes).In(language)}");
        foreach (var pair in result.Review.Take(ReviewsShown))
            screen.WriteLine($"? {pair.Left} = {pair.Right}{colon}{pair.Evidence.In(language)}");
        if (result.Explanation is { } explanation)
            screen.WriteLine($"{DedupeWords.Explanation.In(language)}{colon}{explanation.Text.In(language)}");
    }
}
