namespace SegFunctions.Customers.Intake.Values;

/// <summary>Faults in words, for messages.</summary>
public static class ValueFaults
{
    /// <summary>What is wrong, as the end of a sentence that starts with the value.</summary>
    public static string Describe(this ValueFault fault) => fault switch
    {
        ValueFault.None => "is sound",
        ValueFault.Empty => "is empty",
        ValueFault.NotANumber => "is not a number",
        ValueFault.MisplacedSeparator => "has separators that do not stand between groups of three digits",
        ValueFault.AmbiguousSeparator => "may have decimals or thousands behind its separator",
        ValueFault.TooLarge => "is too large a number",
        ValueFault.NotWhole => "is not a whole number",
        ValueFault.NotABoolean => "is neither yes nor no",
        ValueFault.NotADate => "is not a date in a known form",
        ValueFault.AmbiguousOrder => "may have its day or its month first",
        ValueFault.NoSuchDay => "names a day or time that does not exist",
        ValueFault.YearOutOfRange => "lies outside the allowed years",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Unknown fault."),
    };

    /// <summary>What the sender can do.</summary>
    public static string Cure(this ValueFault fault) => fault switch
    {
        ValueFault.None => "",
        ValueFault.Empty => "Fill in the value.",
        ValueFault.MisplacedSeparator or ValueFault.AmbiguousSeparator => "Name the decimal separator in the mapping: \"decimal\": \",\" or \"decimal\": \".\".",
        ValueFault.AmbiguousOrder or ValueFault.NotADate => "Write dates as 2024-12-31, or name their form in the mapping, such as \"dateFormat\": \"dd/MM/yyyy\".",
        ValueFault.NoSuchDay => "Correct the date, or name the form of the dates in the mapping, such as \"dateFormat\": \"MM/dd/yyyy\".",
        ValueFault.NotABoolean => "Write true or false.",
        _ => "Correct the value.",
    };
}
