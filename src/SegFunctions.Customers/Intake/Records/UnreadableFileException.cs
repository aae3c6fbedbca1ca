namespace SegFunctions.Customers.Intake.Records;

/// <summary>A file that cannot be read as a whole; the message names place and cure, and is fit for its sender.</summary>
public sealed class UnreadableFileException(string message, Exception? inner = null) : Exception(message, inner);
