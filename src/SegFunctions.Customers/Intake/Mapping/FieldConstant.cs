namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>One value for all rows of a file, read into its field. Immutable.</summary>
/// <param name="Field">Position in the dataset.</param>
/// <param name="Text">As canonical rows have it.</param>
/// <param name="Number">Of a field of numbers.</param>
/// <param name="IsShare">The number was written with a % sign.</param>
internal sealed record FieldConstant(int Field, byte[] Text, decimal? Number, bool IsShare);
