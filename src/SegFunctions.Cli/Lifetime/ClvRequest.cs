using System.Globalization;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Cli.Lifetime;

/// <summary>The models that can be asked for, as <c>--model</c> spells them.</summary>
internal enum ClvModel
{
    BgNbd,
    MbgNbd,
    ParetoNbd,
    Auto,
}

/// <summary>What <c>clv</c> was asked to do.</summary>
internal sealed record ClvRequest
{
    public const int DefaultHorizonDays = 365;
    public const double DefaultDiscount = 0.10;

    // A century: beyond, no model of orders means anything.
    private const int LongestHorizonDays = 36_525;

    // 10 a year is 1,000 %: who writes 10 means 10 %.
    private const double DiscountLimit = 10;

    public required string File { get; init; }

    /// <summary>Header or 1-based position.</summary>
    public string? Customer { get; init; }

    public string? Date { get; init; }

    public string? Amount { get; init; }

    /// <summary>Null for the last day of the file.</summary>
    public DateOnly? CalibrationEnd { get; init; }

    public required int HorizonDays { get; init; }

    public required ClvModel Model { get; init; }

    /// <summary>A year.</summary>
    public required double Discount { get; init; }

    /// <summary>The model asked for; null to choose.</summary>
    public PurchaseModelKind? Kind => Model switch
    {
        ClvModel.BgNbd => PurchaseModelKind.BgNbd,
        ClvModel.MbgNbd => PurchaseModelKind.MbgNbd,
        ClvModel.ParetoNbd => PurchaseModelKind.ParetoNbd,
        _ => null,
    };

    /// <summary>Refuses values out of range; all faults at once.</summary>
    /// <exception cref="UsageException">There are some.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (HorizonDays is < 1 or > LongestHorizonDays)
            faults.Add($"--horizon {HorizonDays} must be 1 to {LongestHorizonDays} days.");
        if (!(Discount >= 0 && Discount < DiscountLimit))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"--discount {Discount} must be a number of 0 or more and below {DiscountLimit}, such as 0.10 for 10 % a year."));
        if (faults.Count > 0)
            throw new UsageException(string.Join(Environment.NewLine, faults));
    }
}
