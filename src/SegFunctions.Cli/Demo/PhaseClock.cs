using System.Diagnostics;

namespace SegFunctions.Cli.Demo;

/// <summary>Seconds by phase, counted from the start of the process.</summary>
internal sealed class PhaseClock
{
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _start;
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);
    private DateTimeOffset _phase;

    public PhaseClock(TimeProvider time)
    {
        _time = time;
        using var process = Process.GetCurrentProcess();
        _start = new DateTimeOffset(process.StartTime);
        _phase = _start;
    }

    /// <summary>Ends the phase that runs, under this name.</summary>
    public void End(string phase)
    {
        var now = _time.GetUtcNow();
        _seconds[phase] = Math.Round((now - _phase).TotalSeconds, 3);
        _phase = now;
    }

    /// <summary>All phases and their total, which leaves <paramref name="apart"/> out.</summary>
    public IReadOnlyDictionary<string, double> Report(string apart)
    {
        var total = (_time.GetUtcNow() - _start).TotalSeconds - _seconds.GetValueOrDefault(apart);
        return new Dictionary<string, double>(_seconds, StringComparer.Ordinal) { ["total"] = Math.Round(total, 3) };
    }
}
