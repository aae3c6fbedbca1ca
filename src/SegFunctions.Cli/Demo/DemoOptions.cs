namespace SegFunctions.Cli.Demo;

/// <summary>What a demo was asked for.</summary>
/// <param name="Data">Folder of a person's own files; null simulates the shop.</param>
/// <param name="Keep">Go on serving after the result has been shown.</param>
/// <param name="Reuse">Keep what the last demo stored.</param>
internal sealed record DemoOptions(int Customers, int Seed, string? Data, bool Keep, bool Reuse, bool Json);
