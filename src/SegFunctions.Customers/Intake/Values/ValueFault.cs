namespace SegFunctions.Customers.Intake.Values;

/// <summary>Why a text is not the value that was asked for.</summary>
public enum ValueFault
{
    None,

    /// <summary>Nothing but blanks.</summary>
    Empty,

    /// <summary>No number in any of the known spellings.</summary>
    NotANumber,

    /// <summary>A number whose thousands separators do not stand between groups of three digits.</summary>
    MisplacedSeparator,

    /// <summary>A separator that may mark decimals or thousands, as in <c>1,234</c>, while the column's style is undecided.</summary>
    AmbiguousSeparator,

    /// <summary>A number too large to be held.</summary>
    TooLarge,

    /// <summary>A number with decimals where a whole one is asked for.</summary>
    NotWhole,

    /// <summary>Neither a yes nor a no.</summary>
    NotABoolean,

    /// <summary>No date in any of the known spellings, or not in the one that the mapping names.</summary>
    NotADate,

    /// <summary>Day and month may be exchanged, as in <c>03/04/2024</c>, while the column's order is undecided.</summary>
    AmbiguousOrder,

    /// <summary>A date or time that no calendar or clock has, such as 31 February.</summary>
    NoSuchDay,

    /// <summary>A date outside the allowed years.</summary>
    YearOutOfRange,
}
