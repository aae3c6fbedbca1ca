namespace SegFunctions.Customers.Intake.Rules;

/// <summary>What a rule does to a row that breaks it.</summary>
public enum RuleSeverity : byte
{
    /// <summary>The row goes to quarantine.</summary>
    Refuse,

    /// <summary>The row is accepted with a value put right; the report counts it.</summary>
    Repair,

    /// <summary>The row is accepted as it is; the report counts it.</summary>
    Warn,
}
