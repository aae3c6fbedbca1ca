namespace SegFunctions.Learning.Evaluation;

/// <summary>What contacting a customer costs and may bring.</summary>
public sealed record ProfitTerms
{
    /// <summary>Cost of one contact, 0 or more, in any currency.</summary>
    public required double ContactCost { get; init; }

    /// <summary>What a customer who would have left is worth when kept, above 0, in the same currency.</summary>
    public required double ValueSaved { get; init; }

    /// <summary>Share of those contacted who would have left and stay because of it, above 0 to 1.</summary>
    public required double SuccessProbability { get; init; }

    /// <summary>The probability from which on a contact pays for itself: cost ÷ (success · value); above 1 it never does.</summary>
    public double Threshold => ContactCost / (SuccessProbability * ValueSaved);

    internal void Validate(List<string> faults)
    {
        if (!(ContactCost >= 0 && double.IsFinite(ContactCost)))
            faults.Add($"ContactCost is {ContactCost}; it must be a finite number of 0 or more.");
        if (!(ValueSaved > 0 && double.IsFinite(ValueSaved)))
            faults.Add($"ValueSaved is {ValueSaved}; it must be a finite number above 0.");
        if (!(SuccessProbability is > 0 and <= 1))
            faults.Add($"SuccessProbability is {SuccessProbability}; it must be above 0 and at most 1.");
    }
}
