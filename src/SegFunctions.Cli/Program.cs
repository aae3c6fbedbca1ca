using SegFunctions.Cli;
using SegFunctions.Cli.Output;

var console = new CommandConsole(Console.Out, Console.Error, Console.IsErrorRedirected, Console.IsOutputRedirected);
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl+C ends in order: hosts stop, emulators save. The second one ends at once.
    pressed.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM,
    signal =>
    {
        signal.Cancel = true;
        interrupted.Cancel();
    });
return await CommandLine.RunAsync(args, console, TimeProvider.System, interrupted.Token);
