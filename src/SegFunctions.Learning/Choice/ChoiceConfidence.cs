namespace SegFunctions.Learning.Choice;

/// <summary>How far a choice is to be trusted; docs/clustering.md says what earns each.</summary>
public enum ChoiceConfidence
{
    /// <summary>No structure was shown; there is no winner.</summary>
    None,

    /// <summary>Groups are there, but their borders are blurred or move when rows are left out.</summary>
    Weak,

    /// <summary>Every border follows a valley in density, with one of the further signs missing.</summary>
    Moderate,

    /// <summary>Deep valleys, a stable partition, and another family of algorithms finds the same.</summary>
    Strong,
}
