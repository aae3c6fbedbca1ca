using System.Text.Json;
using SegFunctions.Cli.Output;
using SegFunctions.Testing;

namespace SegFunctions.Cli.Tests;

/// <summary>The command line, called as a person would.</summary>
internal static class Segfunctions
{
    /// <summary>What a command left behind.</summary>
    internal sealed record Ending(int Code, string Out, string Err)
    {
        /// <summary>The one JSON object on standard output.</summary>
        public JsonElement Json
        {
            get
            {
                var root = JsonDocument.Parse(Out).RootElement;
                Assert.Equal(JsonValueKind.Object, root.ValueKind);
                return root;
            }
        }

        /// <summary>Ended with this code; words for a person, and no stack trace.</summary>
        public Ending Expect(int code, params string[] words)
        {
            Assert.True(code == Code, $"exit {Code} instead of {code}: {Out}{Err}");
            Assert.DoesNotContain("   at ", Out + Err, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', Out + Err);
            foreach (var word in words)
                Assert.Contains(word, Err, StringComparison.Ordinal);
            return this;
        }
    }

    /// <summary>Runs a command inside this process.</summary>
    public static async Task<Ending> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var guard = new CancellationTokenSource(ChildProcess.Guard, TimeProvider.System);
        var console = new CommandConsole(output, errors, errorIsRedirected: true, outputIsRedirected: true);
        var code = await CommandLine.RunAsync(arguments, console, TimeProvider.System, guard.Token);
        return new Ending(code, output.ToString(), errors.ToString());
    }

    /// <summary>Starts a command in a process of its own.</summary>
    public static ChildProcess Start(string folder, Dictionary<string, string?> environment, params string[] arguments) =>
        ChildProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "segfunctions.dll"), .. arguments], environment, folder);

    /// <summary>Waits for the end of a command.</summary>
    public static async Task<Ending> EndingAsync(this ChildProcess process) => new(await process.EndAsync(), process.Output, process.Errors);
}
