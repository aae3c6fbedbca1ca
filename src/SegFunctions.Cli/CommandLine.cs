using System.CommandLine;
using SegFunctions.Cli.Azurite;
using SegFunctions.Cli.Commands;
using SegFunctions.Cli.Output;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Cli;

/// <summary>The command line: what it offers, and what its exit codes mean.</summary>
internal static class CommandLine
{
    /// <summary>The command did what it says.</summary>
    public const int Done = 0;

    /// <summary>The input or the run failed; standard error says why and what to do.</summary>
    public const int Failed = 1;

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
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                console.Error(error.Message);
            console.Error($"Run 'segfunctions {parsed.CommandResult.Command.Name} --help' for what it takes.");
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
        catch (Exception failure) when (Explain(failure) is { } explanation)
        {
            console.Error(explanation);
            return Failed;
        }
    }

    /// <summary>What a person can use of a failure; null for faults of the program itself, which keep their stack trace.</summary>
    private static string? Explain(Exception failure) => failure switch
    {
        CommandFailedException or AzuriteException or UnreadableFileException => failure.Message,
        FileNotFoundException missing => missing.FileName is null ? missing.Message : $"The file '{missing.FileName}' does not exist.",
        DirectoryNotFoundException or UnauthorizedAccessException or IOException => failure.Message,
        _ => null,
    };
}
