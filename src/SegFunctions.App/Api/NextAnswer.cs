using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>What a customer may buy next, the likeliest first; null where the orders name no products, or no categories.</summary>
public sealed record NextAnswer(IReadOnlyList<SuggestionAnswer>? Products, IReadOnlyList<SuggestionAnswer>? Categories)
{
    internal static NextAnswer? From(NextItems? next, Language language) => next is null
        ? null
        : new NextAnswer(
            next.Products?.Select(one => SuggestionAnswer.From(one, language)).ToArray(),
            next.Categories?.Select(one => SuggestionAnswer.From(one, language)).ToArray());
}

/// <summary>A product or category to propose.</summary>
/// <param name="Id">As the files spell it.</param>
public sealed record SuggestionAnswer(string Id, string Name, IReadOnlyList<string> Reasons)
{
    internal static SuggestionAnswer From(Suggestion suggestion, Language language) =>
        new(suggestion.Id, suggestion.Name, [.. suggestion.Reasons.Select(reason => reason.In(language))]);
}

/// <summary>Where a customer most likely is after so many days, by kind of segment; null where that is not surely better than the rule of staying.</summary>
public sealed record MigrationAnswer(int IntervalDays, NextSegmentAnswer? Stage, NextSegmentAnswer? Rfm, NextSegmentAnswer? Cluster)
{
    internal static MigrationAnswer? From(MigrationStanding? migration, IReadOnlyDictionary<string, string> names, Language language)
    {
        return migration is null ? null : new MigrationAnswer(migration.IntervalDays, Next(migration.Stage), Next(migration.Rfm), Next(migration.Cluster));

        NextSegmentAnswer? Next(NextSegment? next) => next is null
            ? null
            : new NextSegmentAnswer(next.Segment, names.GetValueOrDefault(next.Segment, next.Segment), next.Probability, next.Staying, next.Reason.In(language));
    }
}

/// <summary>The likeliest next segment; it may be the one where the customer is.</summary>
/// <param name="Probability">Of being there after the interval.</param>
/// <param name="Staying">Of being where the customer is now.</param>
public sealed record NextSegmentAnswer(string Segment, string Name, double Probability, double Staying, string Reason);
