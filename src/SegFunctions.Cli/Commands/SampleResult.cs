namespace SegFunctions.Cli.Commands;

/// <summary>What <c>sample --json</c> prints.</summary>
internal sealed record SampleResult(string Folder, IReadOnlyList<string> Files);
