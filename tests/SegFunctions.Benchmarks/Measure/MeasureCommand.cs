using System.Diagnostics;
using System.Globalization;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>
/// <c>measure DATA_DIR [--only PREFIX,…] [--list] [--threads 2] [--repeats 3]</c>: one JSON line a task on standard output. Each task
/// runs in a process of its own, so that what one leaves behind is not counted as another's memory.
/// </summary>
internal static class MeasureCommand
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        string? folder = null;
        string[] prefixes = [""];
        string? one = null;
        var (threads, repeats, list) = (2, 3, false);
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--list":
                    list = true;
                    break;
                case "--only" when i + 1 < arguments.Length:
                    prefixes = arguments[++i].Split(',');
                    break;
                case "--exactly" when i + 1 < arguments.Length:
                    one = arguments[++i];
                    break;
                case "--threads" when i + 1 < arguments.Length && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out threads) && threads > 0:
                    i++;
                    break;
                case "--repeats" when i + 1 < arguments.Length && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out repeats) && repeats > 0:
                    i++;
                    break;
                case var path when folder is null && !path.StartsWith('-'):
                    folder = path;
                    break;
                default:
                    Console.Error.WriteLine($"\"{arguments[i]}\" is not understood. Usage: measure DATA_DIR [--only PREFIX,PREFIX] [--list] [--threads 2] [--repeats 3]");
                    return 2;
            }
        }

        var chosen = MeasuredTask.All.Where(task => one is null ? prefixes.Any(prefix => task.Name.StartsWith(prefix, StringComparison.Ordinal)) : task.Name == one).ToList();
        if (list)
        {
            foreach (var task in chosen)
                Console.WriteLine(task.Name);
            return 0;
        }

        if (folder is null || !File.Exists(Path.Combine(folder, "meta.json")))
        {
            Console.Error.WriteLine("Name the folder that holds meta.json and the .npy files.");
            return 2;
        }

        if (one is not null)
        {
            Console.WriteLine(Measurement.Of(chosen.Single(), new MeasuredData(folder, threads), repeats).ToJsonString());
            return 0;
        }

        var failed = 0;
        foreach (var task in chosen)
            failed += InItsOwnProcess("measure", folder, "--exactly", task.Name, "--threads", Text(threads), "--repeats", Text(repeats)) == 0 ? 0 : 1;
        return failed == 0 ? 0 : 1;

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static int InItsOwnProcess(params string[] arguments)
    {
        // Started as `dotnet the.dll`, the process is dotnet, which must be told again what to run.
        var program = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            arguments = [typeof(MeasureCommand).Assembly.Location, .. arguments];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
