using SegFunctions.Cli.Sample;
using Xunit.Abstractions;

namespace SegFunctions.EndToEnd.Tests.Kills;

/// <summary>The host process dies by SIGKILL in the middle of its work, and nobody can tell afterwards.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public Task Host_that_is_killed_in_intake_and_refresh_publishes_what_an_undisturbed_one_does() =>
        InFolderAsync(async folder =>
        {
            await new ShopSample(customers: 400, seed: 1).WriteAsync(folder, CancellationToken.None);
            await CompareAsync(folder, Files(folder), inIntake: 1, inRefresh: 2, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(2));
        });

    /// <summary>The orders of SEGFUNCTIONS_ORDERS_FILE, or as many lines of a simulated wholesaler.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Host_that_is_killed_ten_times_over_half_a_million_lines_publishes_what_an_undisturbed_one_does()
    {
        var hold = TimeSpan.FromSeconds(30);
        var guard = TimeSpan.FromMinutes(10);
        var given = Environment.GetEnvironmentVariable("SEGFUNCTIONS_ORDERS_FILE");
        await InFolderAsync(async folder =>
        {
            if (string.IsNullOrEmpty(given))
                BusyShop.Write(Path.Combine(folder, "orders.csv"), customers: 4400, lines: 540_000, seed: 1);
            else
                File.Copy(given, Path.Combine(folder, "orders.csv"));
            await CompareAsync(folder, ["orders.csv"], inIntake: 4, inRefresh: 6, hold, guard);
        });
    }

    private async Task CompareAsync(string folder, IReadOnlyList<string> files, int inIntake, int inRefresh, TimeSpan hold, TimeSpan guard)
    {
        var series = new KillSeries(folder, files, hold, guard);
        var undisturbed = await series.UndisturbedAsync();
        Assert.NotEmpty(undisturbed.Published.Memberships);
        Assert.NotEmpty(undisturbed.Published.Members);
        Assert.Empty(undisturbed.Leftovers);
        var killed = await series.WithKillsAsync(inIntake, inRefresh, seed: 1, undisturbed);

        output.WriteLine($"{undisturbed.Published.Memberships.Count} customers; intake {undisturbed.Intake.TotalSeconds:0.0} s, refresh {undisturbed.Refresh.TotalSeconds:0.0} s undisturbed");
        output.WriteLine($"{inIntake + inRefresh} kills: {(killed.Intake + killed.Refresh).TotalSeconds:0.0} s; seconds from kill to progress: {string.Join(", ", killed.Recoveries.Select(time => time.TotalSeconds.ToString("0.0")))}");
        Assert.Equal(undisturbed.Published.Run, killed.Published.Run);
        Assert.Equal(undisturbed.Published.Segments, killed.Published.Segments);
        Assert.Equal(undisturbed.Published.Memberships, killed.Published.Memberships);
        Assert.Equal(undisturbed.Published.Members, killed.Published.Members);
        Assert.Empty(killed.Leftovers);
    }

    private static async Task InFolderAsync(Func<string, Task> test)
    {
        var folder = Directory.CreateTempSubdirectory("segfunctions-kills").FullName;
        try
        {
            await test(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
