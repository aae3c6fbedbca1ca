using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>A column that looks like something that should not be stored.</summary>
/// <param name="Column">Header.</param>
/// <param name="Kind">What it looks like.</param>
/// <param name="Evidence"><c>header</c> or <c>values</c>.</param>
/// <param name="IsAllowed">The mapping allows it by name. Otherwise none of its values is stored anywhere.</param>
/// <param name="Why">What gave it away. It holds no value of the column.</param>
/// <param name="Cure">What its sender can do.</param>
public sealed record SensitiveColumn(string Column, SensitiveKind Kind, string Evidence, bool IsAllowed, Bilingual Why, Bilingual Cure);
