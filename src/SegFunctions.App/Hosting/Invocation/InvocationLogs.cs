namespace SegFunctions.App.Hosting.Invocation;

/// <summary>Collects what is logged during one call, for the answer to the Functions host; the console gets it as well.</summary>
internal sealed class InvocationLogs : ILoggerProvider
{
    // The host keeps every line in memory and writes each to its telemetry.
    private const int MaximumLines = 500;

    private static readonly AsyncLocal<InvocationLogs.Lines?> Current = new();

    /// <summary>Collects from here on, in this call and in everything it starts.</summary>
    public static Lines Begin() => Current.Value = new Lines();

    public ILogger CreateLogger(string categoryName) => new Collector();

    public void Dispose()
    {
    }

    /// <summary>The lines of one call; safe for use by many threads.</summary>
    internal sealed class Lines
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];
        private int _left;

        public void Add(string line)
        {
            lock (_gate)
            {
                if (_lines.Count < MaximumLines)
                    _lines.Add(line);
                else
                    _left++;
            }
        }

        public IReadOnlyList<string> Take()
        {
            lock (_gate)
            {
                return _left == 0 ? [.. _lines] : [.. _lines, $"{_left} more lines are on the console only"];
            }
        }
    }

    private sealed class Collector : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && Current.Value is not null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Information || Current.Value is not { } lines)
                return;
            var line = logLevel == LogLevel.Information ? formatter(state, exception) : $"{logLevel}: {formatter(state, exception)}";
            lines.Add(exception is null ? line : $"{line} ({exception.GetType().Name}: {exception.Message})");
        }
    }
}
