using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Features;

/// <summary>Declaration of one feature: a column of every feature matrix.</summary>
public sealed record Feature
{
    /// <summary>Position in a row of features.</summary>
    public required int Column { get; init; }

    /// <summary>Stable name in camel case, as JSON and model files spell it.</summary>
    public required string Name { get; init; }

    public required FeatureUnit Unit { get; init; }

    public required Bilingual Label { get; init; }

    /// <summary>What is measured, and when the value does not exist (NaN).</summary>
    public required Bilingual Description { get; init; }

    public required FeatureUse Use { get; init; }

    /// <summary>Digits after the point when printed; counts and days are whole unless they are means.</summary>
    public int Decimals { get; init; }

    /// <summary>The value as people read it, with its unit where the language has one.</summary>
    public Bilingual Print(double value) => !double.IsFinite(value)
        ? Wording.Unknown
        : Unit switch
        {
            FeatureUnit.Days => Wording.Days(value),
            FeatureUnit.Share => Wording.Percent(value),
            FeatureUnit.Date => Wording.Date(DateTime.UnixEpoch.AddDays(value)),
            _ => Wording.Number(value, Decimals),
        };
}
