namespace SegFunctions.App.Api;

/// <summary>The app can do its work.</summary>
/// <param name="Status"><c>ok</c>.</param>
/// <param name="Run">The run that is served; null before the first.</param>
public sealed record HealthAnswer(string Status, RunStamp? Run);
