namespace SegFunctions.Cli.Commands;

/// <summary>What <c>refresh --json</c> prints.</summary>
/// <param name="Status"><c>running</c>; with <c>--wait</c> <c>completed</c>, <c>failed</c> or <c>terminated</c>.</param>
internal sealed record RefreshResult(string Run, string Status, int? Customers, string? Error);
