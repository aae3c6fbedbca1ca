using SegFunctions.Cli.Local;
using SegFunctions.Testing;

namespace SegFunctions.Cli.Tests;

public sealed class DemoTests
{
    private const string Orders = "order_id,customer_id,date,quantity,price\n";

    [Fact]
    public async Task Folder_without_files_is_refused_before_anything_starts()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("empty"));
        (await Segfunctions.RunAsync("demo", "--data", folder.File("empty"))).Expect(CommandLine.Failed, "empty", "holds no files");
        (await Segfunctions.RunAsync("demo", "--data", folder.File("missing"))).Expect(CommandLine.Failed, "missing", "does not exist");
    }

    [Fact]
    public async Task Own_files_are_kept_for_a_reuse_and_an_interrupt_ends_a_demo_that_keeps_on()
    {
        using var folder = new TemporaryFolder();
        folder.Write("bad/photo.csv", "a\n1\n");
        await using (var bad = Start(folder, "demo", "--data", "bad", "--json"))
        {
            var ending = (await bad.EndingAsync()).Expect(CommandLine.Failed, "None of the files was accepted", "photo.csv");
            Assert.Empty(ending.Out);
        }

        folder.Write("good/first.csv", Orders + Lines(0, 40));
        folder.Write("good/zz-bad.csv", "a\n1\n");
        await using (var first = Start(folder, "demo", "--data", "good", "--json"))
        {
            var result = (await first.EndingAsync()).Expect(CommandLine.Done).Json;
            Assert.Equal(40, result.GetProperty("customers").GetInt32());
            Assert.Contains(result.GetProperty("uploads").EnumerateArray(), upload => upload.GetProperty("status").GetString() == "failed");
        }

        folder.Write("more/second.csv", Orders + Lines(40, 60));
        await using var kept = Start(folder, "demo", "--data", "more", "--reuse", "--keep", "--json");
        await StorageTests.SaidAsync(kept, "until Ctrl+C");
        Assert.Equal(60, new Segfunctions.Ending(0, kept.Output, "").Json.GetProperty("customers").GetInt32());
        var running = RunningAzurite.Find(folder.File(".segfunctions/demo"))!;
        Assert.True(StorageTests.IsListening(running));

        await using (var second = Start(folder, "demo", "--customers", "10"))
            (await second.EndingAsync()).Expect(CommandLine.Failed, "Another demo is running", "--reuse");
        Assert.True(StorageTests.IsListening(running));

        await kept.SignalAsync("INT");
        Assert.Equal(CommandLine.Done, await kept.EndAsync());
        Assert.DoesNotContain("   at ", kept.Errors, StringComparison.Ordinal);
        Assert.False(StorageTests.IsListening(running));
    }

    private static string Lines(int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from).SelectMany(customer => new[]
        {
            $"{customer}a,{customer},2025-01-{1 + (customer % 28):00},1,{1 + (customer % 9)}.5\n",
            $"{customer}b,{customer},2025-03-{1 + (customer % 28):00},2,{1 + (customer % 7)}.5\n",
        }));

    private static ChildProcess Start(TemporaryFolder folder, params string[] arguments) =>
        Segfunctions.Start(folder.Path, new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = null }, arguments);
}
