namespace SegFunctions.Customers.Privacy.Consents;

/// <summary>A permission given or refused.</summary>
/// <param name="At">When it was said, UTC.</param>
/// <param name="Source">Where it was said.</param>
/// <param name="Expires">When it ends by itself, UTC; a refusal does not.</param>
/// <param name="Proof">A reference to the evidence.</param>
public sealed record ConsentRecord(bool IsGranted, DateTime At, string? Source = null, DateTime? Expires = null, string? Proof = null);
