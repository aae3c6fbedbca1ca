using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace SegFunctions.Cli.Output;

/// <summary>Where a command writes: results to standard output, everything else to standard error.</summary>
internal sealed class CommandConsole
{
    public CommandConsole(TextWriter output, TextWriter error, bool errorIsRedirected, bool outputIsRedirected)
    {
        Out = output;
        Err = error;
        Screen = Create(output, outputIsRedirected);
        ProgressScreen = Create(error, errorIsRedirected);
        ErrorIsRedirected = errorIsRedirected;
    }

    public TextWriter Out { get; }

    public TextWriter Err { get; }

    /// <summary>Tables for people, on standard output.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>Progress for people, on standard error.</summary>
    public IAnsiConsole ProgressScreen { get; }

    public bool ErrorIsRedirected { get; }

    /// <summary>A line about what is going on, on standard error.</summary>
    public void Note(string text) => Err.WriteLine(text);

    /// <summary>A line about what went wrong, on standard error.</summary>
    public void Error(string text) => Err.WriteLine(text);

    /// <summary>The one JSON object of a command that was called with <c>--json</c>.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type) => Out.WriteLine(JsonSerializer.Serialize(value, type));

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = 120;
        return console;
    }
}
