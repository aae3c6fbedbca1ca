namespace SegFunctions.Storage;

/// <summary>Whether an account can be reached and used.</summary>
/// <param name="IsReachable">Every service answered and accepted the credential.</param>
/// <param name="Explanation">In plain words, without secrets: where storage answers, or why it does not and what to do.</param>
public sealed record StorageProbe(bool IsReachable, string Explanation);
