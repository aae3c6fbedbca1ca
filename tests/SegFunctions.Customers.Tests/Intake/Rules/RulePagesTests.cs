using System.Reflection;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Intake.Rules;

public sealed class RulePagesTests
{
    private static readonly string Docs = RepositoryFolder.Below("docs");

    private static readonly string[] RulesOfRecords =
        [.. typeof(RecordRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(rule => (string)rule.GetRawConstantValue()!)];

    [Fact]
    public void Every_rule_has_its_page_with_cause_and_cure()
    {
        Assert.NotEmpty(RulesOfRecords);
        foreach (var id in DataRules.All.Select(rule => rule.Id).Concat(RulesOfRecords))
        {
            var page = File.ReadAllText(Path.Combine(Docs, "rules", id + ".md"));
            Assert.StartsWith($"# {id}:", page, StringComparison.Ordinal);
            Assert.Contains("## Rule", page, StringComparison.Ordinal);
            Assert.Contains("## Usual causes", page, StringComparison.Ordinal);
            Assert.Contains("## Cure", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_page_says_what_its_rule_does_to_a_row()
    {
        foreach (var rule in DataRules.All)
        {
            var verb = rule.Severity switch { RuleSeverity.Refuse => "Refuses", RuleSeverity.Repair => "Repairs", _ => "Warns" };
            Assert.Contains($"**{verb}", File.ReadAllText(Path.Combine(Docs, "rules", rule.Id + ".md")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_page_outlives_its_rule()
    {
        var known = DataRules.All.Select(rule => rule.Id).Concat(RulesOfRecords).ToHashSet();
        Assert.All(Directory.GetFiles(Path.Combine(Docs, "rules"), "*.md"), page => Assert.Contains(Path.GetFileNameWithoutExtension(page), known));
    }

    [Fact]
    public void Every_rule_speaks_french()
    {
        foreach (var id in DataRules.All.Select(rule => rule.Id).Concat(RulesOfRecords))
            Assert.True(RuleWords.French(id) is { Title.Length: > 0, Cure.Length: > 0 }, id);
    }

    [Fact]
    public void Rules_have_ids_of_their_own()
    {
        Assert.True(DataRules.All.Count > 20);
        Assert.Distinct(DataRules.All.Select(rule => rule.Id));
    }

    [Fact]
    public void The_page_of_datasets_says_what_the_catalogue_says() => Assert.Equal(DatasetPage.ToMarkdown(), File.ReadAllText(Path.Combine(Docs, "datasets.md")));
}
