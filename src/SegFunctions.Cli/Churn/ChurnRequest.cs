using System.Globalization;
using SegFunctions.Learning.Evaluation;

namespace SegFunctions.Cli.Churn;

/// <summary>What <c>churn</c> was asked to do.</summary>
internal sealed record ChurnRequest
{
    public required string Train { get; init; }

    /// <summary>Header or 1-based position of the column that says who left.</summary>
    public required string Label { get; init; }

    /// <summary>The value of that column that means leaving; null for one of the usual words.</summary>
    public string? Positive { get; init; }

    /// <summary>Header or 1-based position of the column of ids.</summary>
    public string? Id { get; init; }

    /// <summary>The table to score; null for the training table itself.</summary>
    public string? Test { get; init; }

    /// <summary>Whether rows are scored, which costs more where the training table is large.</summary>
    public bool Scores { get; init; }

    /// <summary>What contacting costs and may bring; null when nothing is known of it.</summary>
    public ProfitTerms? Costs { get; init; }

    public long Seed { get; init; }

    /// <summary>The costs that three options name; null when none of them does.</summary>
    /// <param name="contactCost"><c>--contact-cost</c>.</param>
    /// <param name="saveValue"><c>--save-value</c>.</param>
    /// <param name="saveRate"><c>--save-rate</c>.</param>
    /// <exception cref="UsageException">One that is needed is missing, or a value is out of range; all faults at once.</exception>
    public static ProfitTerms? CostsOf(double? contactCost, double? saveValue, double? saveRate)
    {
        if (contactCost is null && saveValue is null && saveRate is null)
            return null;
        var faults = new List<string>();
        if (contactCost is null)
            faults.Add("--contact-cost is missing: what one contact costs. Expected profit needs it and --save-value.");
        else if (!(contactCost >= 0 && double.IsFinite(contactCost.Value)))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"--contact-cost {contactCost} must be a number of 0 or more."));
        if (saveValue is null)
            faults.Add("--save-value is missing: what a customer is worth who would have left and stays. Expected profit needs it and --contact-cost.");
        else if (!(saveValue > 0 && double.IsFinite(saveValue.Value)))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"--save-value {saveValue} must be a number above 0."));
        if (saveRate is not null and not (> 0 and <= 1))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"--save-rate {saveRate} must be above 0 and at most 1, such as 0.3 for three in ten."));
        return faults.Count > 0
            ? throw new UsageException(string.Join(Environment.NewLine, faults))
            : new ProfitTerms { ContactCost = contactCost!.Value, ValueSaved = saveValue!.Value, SuccessProbability = saveRate ?? 1 };
    }
}
