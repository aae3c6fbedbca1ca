using SegFunctions.Testing;

namespace SegFunctions.EndToEnd.Tests.Kills;

/// <summary>One life of the real host process on a storage account.</summary>
internal static class HostRun
{
    /// <summary>32 bytes, no secret.</summary>
    public const string Secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    public const string ApiKey = "end-to-end-tests-0123456789";

    /// <param name="hold">For how long a message belongs to a process that may be dead.</param>
    /// <param name="url">Where it listens; null: on a port of its choice, for those who never ask it anything.</param>
    public static ChildProcess Start(string connection, TimeSpan hold, string? url = null) => ChildProcess.Start(
        "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "segfunctions-host.dll")],
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = connection,
            ["SegFunctions__CustomerKeySecret"] = Secret,
            ["SegFunctions__VaultKey"] = Secret,
            ["SegFunctions__ApiKey"] = ApiKey,
            ["SegFunctions__Url"] = url ?? "http://127.0.0.1:0",
            ["SegFunctions__QuietPeriod"] = "00:00:01",
            ["SegFunctions__Seed"] = "1",
            ["SegFunctions__MessageHoldTime"] = hold.ToString("c"),
        });
}
