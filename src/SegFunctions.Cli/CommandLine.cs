using System.CommandLine;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.Cli.Azurite;
using SegFunctions.Cli.Commands;
using SegFunctions.Cli.Output;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Cli;

/// <summary>The command line: what it offers, and what its exit codes mean.</summary>
internal static class CommandLine
{
    /// <summary>The command did what it says.</summary>
    public const int Done = 0;

    /// <summary>The input or the run failed; standard error says why and what to do.</summary>
    public const int Failed = 1;

    /// <summary>Set to anything, it prints where a failure came from.</summary>
    private const string TraceSetting = "SEGFUNCTIONS_TRACE";

    /// <summary>The command was called wrongly.</summary>
    public const int WrongUsage = 2;

    public static async Task<int> RunAsync(
        string[] arguments, CommandConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Customer segments, churn and lifetime value from the files you have.")
        {
            DemoCommand.Create(console, time),
            ServeCommand.Create(console, time),
            UploadCommand.Create(console, time),
            RefreshCommand.Create(console, time),
            SampleCommand.Create(console),
            ValidateCommand.Create(console, time),
            ClusterCommand.Create(console, time),
            ClvCommand.Create(console),
            ChurnCommand.Create(console, time),
            DedupeCommand.Create(console, time),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                console.Error(error.Message);
            var command = parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ";
            console.Error($"Run 'segfunctions {command}--help' for what it takes.");
            return WrongUsage;
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // The process handles Ctrl+C and SIGTERM itself, so that emulators save before it ends.
                ProcessTerminationTimeout = null,
                Output = console.Out,
                Error = console.Err,
            };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (UsageException wrong)
        {
            console.Error(wrong.Message);
            return WrongUsage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Error("Interrupted.");
            return Failed;
        }
        catch (Exception failure)
        {
            console.Error(Explain(failure));
            if (Environment.GetEnvironmentVariable(TraceSetting) is { Length: > 0 })
                console.Error(failure.ToString());
            return Failed;
        }
    }

    /// <summary>What a person can use of a failure.</summary>
    private static string Explain(Exception failure) => failure switch
    {
        CommandFailedException or AzuriteException or UnreadableFileException or MappingException or SettingsException => failure.Message,
        FileNotFoundException { FileName: { } missing } => $"The file '{missing}' does not exist.",
        Azure.RequestFailedException refused => $"Storage refused a request: {FirstLine(refused.Message)}",
        AggregateException { InnerException: { } first } => Explain(first),
        HttpRequestException or IOException or UnauthorizedAccessException => FirstLine(failure.Message),
        _ => $"A fault of the program itself ({failure.GetType().Name}): {FirstLine(failure.Message)} Set {TraceSetting}=1 to see where.",
    };

    private static string FirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? text[..end] : text;
}
