using System.Security.Cryptography;

namespace SegFunctions.Cli.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task Same_seed_writes_the_same_bytes_and_another_seed_others()
    {
        using var folder = new TemporaryFolder();
        var first = await WriteAsync(folder.File("first"), 1);
        Assert.Equal(3, first.Length);
        Assert.Equal(first, await WriteAsync(folder.File("again"), 1));
        var other = await WriteAsync(folder.File("other"), 2);
        Assert.Equal(first.Length, other.Length);
        for (var i = 0; i < first.Length; i++)
            Assert.NotEqual(first[i], other[i]);
    }

    [Fact]
    public async Task Files_of_a_sample_can_be_used_and_have_the_faults_of_real_ones()
    {
        using var folder = new TemporaryFolder();
        var sample = (await Segfunctions.RunAsync("sample", "--out", folder.Path, "--customers", "300", "--seed", "3", "--json")).Expect(CommandLine.Done).Json;
        Assert.Equal(folder.Path, sample.GetProperty("folder").GetString());
        long refused = 0, duplicates = 0;
        foreach (var file in sample.GetProperty("files").EnumerateArray())
        {
            var report = (await Segfunctions.RunAsync("validate", folder.File(file.GetString()!), "--json")).Expect(CommandLine.Done).Json;
            var rows = report.GetProperty("rows");
            Assert.Equal(Count("read"), Count("accepted") + Count("refused") + Count("duplicates"));
            Assert.True(Count("accepted") > 0.9 * Count("read"));
            refused += Count("refused");
            duplicates += Count("duplicates");

            long Count(string name) => rows.GetProperty(name).GetInt64();
        }

        Assert.True(refused > 0);
        Assert.True(duplicates > 0);
    }

    private static async Task<string[]> WriteAsync(string folder, int seed)
    {
        var ending = (await Segfunctions.RunAsync("sample", "--out", folder, "--customers", "150", "--seed", $"{seed}")).Expect(CommandLine.Done);
        var files = ending.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. files.Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.Trim()))))];
    }
}
