namespace SegFunctions.Customers.Identity.Linking;

/// <summary>What a human decided about two records; it wins over the model.</summary>
/// <param name="Left">Row of one record in the index.</param>
/// <param name="Right">Row of the other.</param>
/// <param name="Same">One person (or company), or surely two.</param>
public readonly record struct IdentityDecision(int Left, int Right, bool Same);
