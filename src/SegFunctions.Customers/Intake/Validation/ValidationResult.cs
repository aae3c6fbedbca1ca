using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Intake.Validation;

/// <summary>What validation found.</summary>
/// <param name="Failure">Why the file does not pass, fit for its sender: no row was accepted, or (strictly) one was refused. Null when it passes.</param>
/// <param name="Explanation">How the file was read, and why so.</param>
public sealed record ValidationResult(QualityReport Report, string? Failure, FileExplanation Explanation);
