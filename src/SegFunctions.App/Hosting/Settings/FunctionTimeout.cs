using System.Globalization;

namespace SegFunctions.App.Hosting.Settings;

/// <summary><c>functionTimeout</c> of host.json.</summary>
internal static class FunctionTimeout
{
    /// <summary>Where it is absent: the Functions host's own, on the plans that this app is made for.</summary>
    public static readonly TimeSpan Standard = TimeSpan.FromMinutes(30);

    /// <summary>The time-out, infinite for <c>-1</c>.</summary>
    public static TimeSpan Read(IConfiguration configuration, List<string> faults)
    {
        switch (configuration[$"{HostConfiguration.Prefix}:functionTimeout"])
        {
            case null:
                return Standard;
            case "-1":
                return Timeout.InfiniteTimeSpan;
            case var text when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var timeout) && timeout >= TimeSpan.FromSeconds(1):
                return timeout;
            case var text:
                faults.Add($"host.json: functionTimeout is '{text}'; it must be a duration of at least one second as in '00:30:00', or '-1' for none.");
                return Standard;
        }
    }
}
