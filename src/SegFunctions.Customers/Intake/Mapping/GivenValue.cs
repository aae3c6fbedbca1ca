namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>What a mapping gives to a field in all rows of a file, as it stands there.</summary>
/// <param name="IsNumber">A number of JSON, whose decimal sign is a point whatever the file's is.</param>
public readonly record struct GivenValue(string Text, bool IsNumber = false);
