using SegFunctions.Cli.Output;
using Spectre.Console;

namespace SegFunctions.Cli.Demo;

/// <summary>A progress bar on a terminal, a line a stage where standard error goes to a file.</summary>
internal sealed class DemoProgress
{
    private readonly ProgressContext? _bars;
    private readonly CommandConsole _console;
    private ProgressTask? _bar;
    private string? _stage;

    private DemoProgress(CommandConsole console, ProgressContext? bars)
    {
        _console = console;
        _bars = bars;
    }

    public static async Task ShowAsync(CommandConsole console, Func<DemoProgress, Task> work)
    {
        if (console.ErrorIsRedirected)
        {
            await work(new DemoProgress(console, null));
            return;
        }

        await console.ProgressScreen.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(bars => work(new DemoProgress(console, bars)));
    }

    public void Report(string stage, int done, int total)
    {
        if (stage != _stage)
        {
            _stage = stage;
            if (_bars is null)
            {
                _console.Note($"{char.ToUpperInvariant(stage[0])}{stage[1..]} …");
            }
            else
            {
                _bar?.Value(_bar.MaxValue);
                _bar = _bars.AddTask(stage, maxValue: Math.Max(1, total));
            }
        }

        _bar?.MaxValue(Math.Max(1, total)).Value(done);
    }
}
