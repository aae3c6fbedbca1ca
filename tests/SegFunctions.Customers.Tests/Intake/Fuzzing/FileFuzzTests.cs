using System.Diagnostics;
using System.Globalization;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Fuzzing;

/// <summary>Whatever bytes arrive: they are taken in with totals that add up, or refused in words. No crash, no hang, no unbounded memory.</summary>
public sealed class FileFuzzTests
{
    private const long MostMemory = 768L << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly string?[] Datasets = [null, null, "orders", "customers", "events"];

    [Fact]
    public async Task Bytes_near_sound_files_are_taken_in_or_refused() => await FuzzAsync(seed: 1, rounds: 400, TimeSpan.MaxValue);

    /// <summary>Half an hour, or as many minutes as <c>SEGFUNCTIONS_FUZZ_MINUTES</c> says; another seed by <c>SEGFUNCTIONS_FUZZ_SEED</c>.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Bytes_near_sound_files_are_taken_in_or_refused_for_half_an_hour()
    {
        var minutes = Setting("SEGFUNCTIONS_FUZZ_MINUTES", 30);
        var told = await FuzzAsync(Setting("SEGFUNCTIONS_FUZZ_SEED", 20240305), int.MaxValue, TimeSpan.FromMinutes(minutes));
        Console.WriteLine(told);
        Assert.True(minutes < 1 || told.Files > 1000);
    }

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;

    private static async Task<Fuzzed> FuzzAsync(int seed, int rounds, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var told = new Fuzzed(0, 0, 0, TimeSpan.Zero, 0);
        for (var round = 0; round < rounds && clock.Elapsed < duration; round++)
        {
            // Each file has a seed of its own, so that a failure is found again alone.
            var random = new Random(unchecked((seed * 1_000_003) + round));
            var (name, content) = new FileMutator(random).Next();
            var started = clock.Elapsed;
            var isTaken = await TakeAsync(name, content, Datasets[random.Next(Datasets.Length)], $"seed {seed}, round {round}, {name}, {content.Length} bytes");
            var took = clock.Elapsed - started;
            var memory = GC.GetTotalMemory(forceFullCollection: false);
            Assert.True(memory < MostMemory, $"seed {seed}, round {round}: {memory >> 20} MiB are held");
            told = new Fuzzed(told.Files + 1, told.Taken + (isTaken ? 1 : 0), told.Bytes + content.Length, took > told.Slowest ? took : told.Slowest, Math.Max(told.Memory, memory));
        }

        return told;
    }

    private static async Task<bool> TakeAsync(string name, byte[] content, string? dataset, string where)
    {
        using var patience = new CancellationTokenSource(Longest);
        var request = new IntakeRequest
        {
            FileName = name,
            OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(content)),
            Mapping = name == "cdnow.txt" ? Taken.Mapping("""{ "dataset": "orders", "delimiter": "whitespace", "header": false, "columns": { "1": "customerId", "2": "timestamp", "4": "amount" } }""") : UploadMapping.None,
            Dataset = name == "cdnow.txt" ? null : dataset,
        };
        try
        {
            var result = await new IntakeRun(Taken.Keys, new IntakeOptions { Workers = 1, MemoryBudget = 16 << 20 }).RunAsync(request, new MemoryOutput(), patience.Token);
            var rows = result.Report.Rows;
            Assert.Equal(rows.Read, rows.Accepted + rows.Refused + rows.Duplicates);
            return true;
        }
        catch (UnreadableFileException refusal)
        {
            Assert.True(refusal.Message.Length is > 20 and < 20_000, $"{where}: a refusal of {refusal.Message.Length} characters");
            return false;
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{where}: took longer than {Longest}.", late);
        }
        catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
        {
            await File.WriteAllBytesAsync(Path.Combine(Path.GetTempPath(), "segfunctions-fuzz-" + Path.GetFileName(name)), content);
            throw new InvalidOperationException($"{where}: {fault.GetType().Name}: {fault.Message}", fault);
        }
    }

    /// <param name="Taken">Files of which rows were read.</param>
    /// <param name="Slowest">Time of the file that took longest.</param>
    /// <param name="Memory">Most bytes held behind a file.</param>
    private sealed record Fuzzed(long Files, long Taken, long Bytes, TimeSpan Slowest, long Memory);
}
