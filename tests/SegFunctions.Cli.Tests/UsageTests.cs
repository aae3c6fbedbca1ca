namespace SegFunctions.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("demo --nope")]
    [InlineData("demo extra")]
    [InlineData("demo --customers")]
    [InlineData("demo --customers x")]
    [InlineData("demo --customers 0")]
    [InlineData("demo --customers 10000001")]
    [InlineData("demo --seed x")]
    [InlineData("serve --port x")]
    [InlineData("serve --port -1")]
    [InlineData("serve --port 65536")]
    [InlineData("serve --storage foo=bar")]
    [InlineData("serve extra")]
    [InlineData("upload")]
    [InlineData("upload a.csv --dataset nonsense")]
    [InlineData("refresh --as-of nonsense")]
    [InlineData("refresh --as-of 2026-13-01")]
    [InlineData("refresh extra")]
    [InlineData("sample")]
    [InlineData("sample --out")]
    [InlineData("sample --out x --customers -1")]
    [InlineData("sample --out x --seed x")]
    [InlineData("validate")]
    [InlineData("validate a b")]
    [InlineData("validate a --dataset nonsense")]
    [InlineData("cluster")]
    [InlineData("cluster a --seed x")]
    [InlineData("cluster a --algorithm 3")]
    [InlineData("cluster a --prepare scale,none")]
    [InlineData("cluster a --algorithm kmeans --k 2.5")]
    [InlineData("cluster a --algorithm dbscan --eps 0,5")]
    [InlineData("cluster a --out ./a")]
    [InlineData("cluster a --out b --report b")]
    [InlineData("clv")]
    [InlineData("clv a --model beta")]
    [InlineData("clv a --horizon 0")]
    [InlineData("clv a --horizon 1.5")]
    [InlineData("clv a --discount 0,1")]
    [InlineData("clv a --discount -1")]
    [InlineData("clv a --calibration-end 30.09.1997")]
    [InlineData("clv a --out ./a")]
    [InlineData("clv a --out b --report b")]
    [InlineData("dedupe")]
    [InlineData("dedupe a --apply x")]
    [InlineData("dedupe a --explain b")]
    [InlineData("dedupe a --out b --report b")]
    [InlineData("churn")]
    [InlineData("churn a")]
    [InlineData("churn a --label b --seed x")]
    [InlineData("churn a --label b --out ./a")]
    [InlineData("churn a --label b --test c --report ./c")]
    [InlineData("churn a --label b --out c --report c")]
    public async Task Wrong_usage_ends_with_2_and_says_what_is_wrong(string line)
    {
        using var settings = new EnvironmentVariables(
            ("SegFunctions__CustomerKeySecret", "x"), ("SegFunctions__VaultKey", "x"), ("SegFunctions__ApiKey", "x"));
        var ending = await Segfunctions.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        ending.Expect(CommandLine.WrongUsage);
        Assert.Empty(ending.Out);
        Assert.NotEmpty(ending.Err);
        if (line.StartsWith("cl", StringComparison.Ordinal))
            Assert.DoesNotContain("System", ending.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "demo serve upload refresh sample validate")]
    [InlineData("demo", "--customers --seed --data --keep --reuse --json")]
    [InlineData("serve", "--port --storage")]
    [InlineData("upload", "--dataset --wait --storage --json")]
    [InlineData("refresh", "--wait --as-of --storage --json")]
    [InlineData("sample", "--out --customers --seed --json")]
    [InlineData("cluster", "--id --algorithm --k --prepare --eps --min-points --min-cluster-size --min-samples --linkage --height --starts --min-size --max-segments --seed --out --report --language --json auto|kmeans|minibatch")]
    [InlineData("clv", "--customer --date --amount --calibration-end --horizon --model --discount --out --report --language --json bgnbd|mbgnbd|paretonbd|auto")]
    [InlineData("dedupe", "--id --out --report --language --apply --review --compare --explain --threads --json")]
    [InlineData("churn", "--label --positive --id --test --out --report --language --seed --json")]
    [InlineData("validate", "--out --strict --dataset --mapping --explain --report --language --json")]
    public async Task Help_of_each_command_names_everything_that_it_takes(string command, string taken)
    {
        string[] line = command.Length == 0 ? ["--help"] : [command, "--help"];
        var ending = (await Segfunctions.RunAsync(line)).Expect(CommandLine.Done);
        foreach (var option in taken.Split(' '))
            Assert.Contains(option, ending.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_usage_points_to_the_help_of_its_command()
    {
        (await Segfunctions.RunAsync("nonsense")).Expect(CommandLine.WrongUsage, "'segfunctions --help'");
        (await Segfunctions.RunAsync("demo", "--nope")).Expect(CommandLine.WrongUsage, "'segfunctions demo --help'");
    }

    [Theory]
    [InlineData("upload missing.csv", "missing.csv")]
    [InlineData("validate missing.csv", "missing.csv")]
    [InlineData("demo --data missing", "missing")]
    [InlineData("sample --out /proc/nowhere", "--out")]
    [InlineData("serve --storage /proc/nowhere", "--storage")]
    [InlineData("upload /tmp", "folder")]
    [InlineData("validate /tmp", "folder")]
    public async Task Input_that_is_not_there_ends_with_1_and_is_named(string line, string named) =>
        (await Segfunctions.RunAsync(line.Split(' '))).Expect(CommandLine.Failed, named);
}
