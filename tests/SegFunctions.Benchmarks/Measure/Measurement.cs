using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json.Nodes;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>Runs a task some times and says in JSON what it took: medians over the repeats, the greatest peak of memory.</summary>
internal static class Measurement
{
    public static JsonObject Of(MeasuredTask task, MeasuredData data, int repeats)
    {
        var run = task.Prepare(data);
        var load = LoadAverage();
        LetGo();
        var resident = ProcessMemory.ResidentMegabytes;
        var peak = 0.0;
        var walls = new double[repeats];
        var processors = new double[repeats];
        var qualities = new MeasuredQuality[repeats];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            LetGo();
            ProcessMemory.ResetPeak();
            var (found, wall, processor) = Clocked(() => run.Run(repeat));
            (walls[repeat], processors[repeat]) = (wall, processor);
            peak = Math.Max(peak, ProcessMemory.PeakMegabytes);
            qualities[repeat] = found();
        }

        var names = qualities[0].Figures.Select(figure => figure.Name).ToList();
        var values = names.ToDictionary(name => name, name => qualities.Select(quality => quality.Figures.First(figure => figure.Name == name).Value).ToArray(), StringComparer.Ordinal);
        return new JsonObject
        {
            ["anchor"] = task.Name,
            ["lib"] = $"SegFunctions (.NET {Environment.Version})",
            ["workload"] = task.Workload,
            ["n"] = run.Rows,
            ["d"] = run.Columns,
            ["threads"] = data.Threads,
            ["wall_s"] = Figure(Median(walls)),
            ["wall_all"] = new JsonArray([.. walls.Select(wall => (JsonNode)Figure(wall))]),
            ["cpu_s"] = Figure(Median(processors)),
            ["phases"] = Fields(qualities[0].Phases.Select((phase, at) => (phase.Name, (JsonNode)Figure(Median([.. qualities.Select(quality => quality.Phases[at].Seconds)]))))),
            ["rss_base_mb"] = resident,
            ["peak_rss_mb"] = peak,
            ["quality"] = Fields(names.Select(name => (name, (JsonNode)Median(values[name])))),
            ["quality_range"] = Fields(names.Where(name => values[name].Min() < values[name].Max()).Select(name => (name, (JsonNode)new JsonArray(values[name].Min(), values[name].Max())))),
            ["params"] = Fields(run.Parameters.Select(parameter => (parameter.Key, (JsonNode)parameter.Value))),
            ["loadavg"] = load,
        };
    }

    /// <summary>The result of some work, its seconds by the clock and by the processors.</summary>
    public static (T Result, double Wall, double Processor) Clocked<T>(Func<T> work)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var result = work();
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (result, wall, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    /// <summary>Gives memory back to the system, so that a repeat's peak is its own.</summary>
    private static void LetGo()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
    }

    private static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static double Figure(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static JsonObject Fields(IEnumerable<(string Name, JsonNode Value)> fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value)));
}
