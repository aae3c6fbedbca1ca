namespace SegFunctions.Customers.Intake.Rules;

/// <summary>One data-quality rule. Each has a page, <c>docs/rules/&lt;id&gt;.md</c>.</summary>
/// <param name="Id">As quarantine and report name it.</param>
/// <param name="Cure">What the sender can do, for every row that breaks it.</param>
public sealed record DataRule(string Id, RuleSeverity Severity, string Title, string Cure);
