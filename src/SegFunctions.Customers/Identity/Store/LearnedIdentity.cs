namespace SegFunctions.Customers.Identity.Store;

/// <summary>What one resolution leaves to the next.</summary>
/// <param name="Model">How records are judged.</param>
/// <param name="Pairs">What comparing them came to; null where that was lost: then all are compared again.</param>
public sealed record LearnedIdentity(IdentityModel Model, ComparedPairs? Pairs);
