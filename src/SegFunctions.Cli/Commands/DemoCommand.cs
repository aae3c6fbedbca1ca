using System.CommandLine;
using SegFunctions.Cli.Demo;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Commands;

/// <summary><c>demo</c>: from dropped files to served segments, in one command.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandConsole console, TimeProvider time)
    {
        var customers = new Option<int>("--customers") { Description = "Customers of the simulated shop.", DefaultValueFactory = _ => 2000 };
        var seed = new Option<int>("--seed") { Description = "Seed of the simulated shop and of the refresh.", DefaultValueFactory = _ => 1 };
        var data = new Option<string?>("--data") { Description = "Use the files below this folder instead of the simulated shop." };
        var keep = new Option<bool>("--keep") { Description = "Leave host and storage running until Ctrl+C." };
        var reuse = new Option<bool>("--reuse") { Description = "Go on with what the last demo left in .segfunctions/demo." };
        var json = CommonOptions.Json();
        var command = new Command("demo", "Starts everything, drops files, and shows the segments that come out.")
        {
            customers, seed, data, keep, reuse, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(customers);
            if (count is < 1 or > SampleCommand.MostCustomers)
                throw new UsageException($"--customers {count} is out of range: 1 to {SampleCommand.MostCustomers:N0}.");
            var options = new DemoOptions(
                count, parsed.GetValue(seed), parsed.GetValue(data), parsed.GetValue(keep), parsed.GetValue(reuse), parsed.GetValue(json));
            await new DemoRun(options, console, time).RunAsync(cancellationToken);
            return CommandLine.Done;
        });
        return command;
    }
}
