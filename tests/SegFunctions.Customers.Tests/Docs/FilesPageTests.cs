using System.Text;
using System.Text.RegularExpressions;
using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Validation;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Docs;

/// <summary>What docs/files.md shows is what happens.</summary>
public sealed partial class FilesPageTests : IDisposable
{
    private static readonly string Page = ReadPage();
    private readonly string _folder = Directory.CreateTempSubdirectory("files-page").FullName;

    [Fact]
    public void Every_mapping_on_the_page_is_read_without_a_fault()
    {
        var mappings = Blocks("json");
        Assert.Equal(["orders", "orders", "orders", null, "customers"], mappings.Select(json => MappingReader.Read("docs/files.md", Encoding.UTF8.GetBytes(json)).Dataset?.Name));
        Assert.Equal(5, TableMapping().Count(Page));
        Assert.All(TableMapping().Matches(Page), mapping => MappingReader.Read("docs/files.md", Encoding.UTF8.GetBytes(mapping.Groups[1].Value)));
    }

    [Fact]
    public void Every_key_of_a_mapping_is_explained()
    {
        foreach (var key in new[] { "dataset", "source", "delimiter", "header", "encoding", "decimal", "dateFormat", "timeZone", "columns", "values", "ignore", "allow", "keep" })
            Assert.Contains($"| `{key}` |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_dataset_is_named()
    {
        foreach (var dataset in DatasetCatalog.All)
            Assert.Contains($"`{dataset.Name}`", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_columns_of_figures_are_read_by_their_positions()
    {
        var rows = Canonical("cdnow.txt", Blocks("").Single(block => block.StartsWith(" 00001", StringComparison.Ordinal)), Blocks("json")[1]);
        Assert.Equal(2, rows.Count);
        Assert.Contains(rows, row => row.Contains("1997-01-01T00:00:00Z", StringComparison.Ordinal) && row.Contains("11.77", StringComparison.Ordinal));
    }

    [Fact]
    public void The_French_till_is_read_as_the_page_says()
    {
        var rows = Canonical("ventes.csv", Blocks("").Single(block => block.StartsWith("N° commande", StringComparison.Ordinal)), Blocks("json")[2]);
        Assert.Collection(
            rows.Order(StringComparer.Ordinal),
            row => Assert.EndsWith(",F1001,1,2024-03-05T13:30:00Z,TH-VERT,,,2,1234.5,,246.9,EUR,,,,,purchase", row, StringComparison.Ordinal),
            row => Assert.EndsWith(",F1001,2,2024-03-05T13:30:00Z,TH-NOIR,,,1,8.9,,,,,,,returned,return", row, StringComparison.Ordinal));
    }

    [Fact]
    public void The_log_of_a_mail_tool_gets_its_channel()
    {
        var rows = Canonical("log.csv", Blocks("").Single(block => block.StartsWith("customer id,sent at", StringComparison.Ordinal)), Blocks("json")[3]);
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Contains(",email,", row, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_to_a_rule_leads_to_its_page()
    {
        var links = RuleLink().Matches(Page).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(File.Exists(RepositoryFolder.Below("docs", "rules", link)), link));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private List<string> Canonical(string name, string content, string mapping)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, content);
        File.WriteAllText(file + MappingFiles.Ending, mapping);
        var validation = new FileValidation(keys: null, new IntakeOptions { Workers = 1 }, new ManualTimeProvider());
        var result = validation.ValidateAsync(file, _folder, strict: true, dataset: null, mappingPath: null, CancellationToken.None).GetAwaiter().GetResult();
        Assert.Null(result.Failure);
        return [.. File.ReadAllLines(Path.Combine(_folder, FileValidation.CanonicalName)).Skip(1)];
    }

    /// <summary>The code blocks of a language, in their order.</summary>
    private static List<string> Blocks(string language) =>
        [.. CodeBlock().Matches(Page).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value)];

    private static string ReadPage() => File.ReadAllText(RepositoryFolder.Below("docs", "files.md"));

    [GeneratedRegex("^```(\\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\| `(\{ ""(?:columns|dataset)"".*?\})` \|", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex TableMapping();

    [GeneratedRegex(@"\(rules/([a-z-]+\.md)\)", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex RuleLink();
}
