using System.CommandLine;
using SegFunctions.Cli.Local;
using SegFunctions.Cli.Output;
using SegFunctions.Cli.Sample;

namespace SegFunctions.Cli.Commands;

/// <summary><c>sample</c>: writes the simulated shop's files.</summary>
internal static class SampleCommand
{
    /// <summary>The ids of the simulation have room for this many customers.</summary>
    public const int MostCustomers = 10_000_000;

    public static Command Create(CommandConsole console)
    {
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder for the files; created when missing.", Required = true };
        var customers = new Option<int>("--customers") { Description = "How many customers the shop has.", DefaultValueFactory = _ => 5000 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same files.", DefaultValueFactory = _ => 1 };
        var json = CommonOptions.Json();
        var command = new Command("sample", "Writes the files of a simulated shop: orders in two house styles and a customer list.")
        {
            folder, customers, seed, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(customers);
            if (count is < 1 or > MostCustomers)
                throw new UsageException($"--customers {count} is out of range: 1 to {MostCustomers:N0}.");
            var target = parsed.GetValue(folder)!;
            OutputFolder.Create(target.FullName, "--out");
            var files = await new ShopSample(count, parsed.GetValue(seed)).WriteAsync(target.FullName, cancellationToken);
            if (parsed.GetValue(json))
                console.Json(new SampleResult(target.FullName, files), CliJson.Default.SampleResult);
            else
                console.Out.WriteLine(string.Join(Environment.NewLine, files.Select(file => Path.Combine(target.FullName, file))));
            return CommandLine.Done;
        });
        return command;
    }
}
