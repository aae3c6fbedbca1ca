using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>One word that a <see cref="FieldType.Choice"/> field may hold.</summary>
/// <param name="Value">As canonical rows write it.</param>
/// <param name="Synonyms">Other spellings, compared folded (<see cref="TextFolding.Key"/>).</param>
public sealed record FieldChoice(string Value, params string[] Synonyms);
