using System.Globalization;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>This process's resident memory as Linux counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident now, MB (2²⁰ bytes).</summary>
    public static double ResidentMegabytes => Status("VmRSS:");

    /// <summary>The most that was resident since <see cref="ResetPeak"/>, MB.</summary>
    public static double PeakMegabytes => Status("VmHWM:");

    /// <summary>Lets the peak begin at what is resident now.</summary>
    public static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double Status(string key)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        var kilobytes = line[key.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim();
        return Math.Round(double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024, 1);
    }
}
