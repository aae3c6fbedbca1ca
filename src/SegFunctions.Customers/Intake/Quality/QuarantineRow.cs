namespace SegFunctions.Customers.Intake.Quality;

/// <summary>A refused row as the quarantine holds it.</summary>
/// <param name="Line">1-based line of the file that it was refused from.</param>
/// <param name="Column">Header of the column at fault; empty where the record as a whole is.</param>
/// <param name="Value">What stands there; cut where it is long.</param>
/// <param name="Raw">The record as it stood in the file, without its line end.</param>
public sealed record QuarantineRow(long Line, string Column, string Value, string Rule, string Message, string Cure, string Raw);
