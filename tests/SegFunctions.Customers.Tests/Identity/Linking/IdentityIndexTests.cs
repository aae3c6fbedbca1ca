using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Testing.People;

namespace SegFunctions.Customers.Tests.Identity.Linking;

public sealed class IdentityIndexTests
{
    private static readonly Person Ann = new()
    {
        Given = "Annabel",
        Family = "Winterbottom",
        BirthDate = "1980-05-17",
        Email = "annabel.w@example.org",
        Phone = "+44 20 7946 0958",
        Street = "12 Tulip Lane",
        City = "Ashford",
        PostalCode = "12345",
    };

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void People_who_are_there_twice_are_found_without_labels(int seed)
    {
        var (records, truth) = SimulatedPeople.Generate(new PeopleOptions { Rows = 4000, Seed = seed });
        var result = IdentityIndex.Build(records, new IdentityOptions()).Link();
        var pairs = PairCounts.Of(result.Clusters, truth);
        Assert.True(pairs.Precision >= 0.98 && pairs.Recall >= 0.95, $"precision {pairs.Precision:F4}, recall {pairs.Recall:F4}");
        Assert.InRange(result.Figures.ExpectedPrecision, pairs.Precision - 0.02, 1);
    }

    [Fact]
    public void Where_nobody_is_there_twice_nobody_is_linked_though_households_share_nearly_everything()
    {
        var (records, _) = SimulatedPeople.Generate(new PeopleOptions { Rows = 4000, DuplicateShare = 0, HouseholdShare = 0.8, Seed = 9 });
        var result = IdentityIndex.Build(records, new IdentityOptions()).Link();
        Assert.True(result.Links.Count <= 6, $"{result.Links.Count} links");
    }

    [Fact]
    public void A_few_rows_are_enough()
    {
        var (records, truth) = SimulatedPeople.Generate(new PeopleOptions { Rows = 300, Seed = 2 });
        var pairs = PairCounts.Of(IdentityIndex.Build(records, new IdentityOptions()).Link().Clusters, truth);
        Assert.True(pairs.Precision >= 0.95 && pairs.Recall >= 0.9, $"precision {pairs.Precision:F4}, recall {pairs.Recall:F4}");
    }

    [Fact]
    public void Records_that_come_later_are_linked_as_if_they_had_been_there()
    {
        var people = PeopleGenerator.Generate(new PeopleOptions { Rows = 3500, DuplicateShare = 0.3, Seed = 11 }).Select(record => record.Record).ToList();
        var (first, second, third) = (SimulatedPeople.Records(people.Take(2500)), SimulatedPeople.Records(people.Skip(2500).Take(700)), SimulatedPeople.Records(people.Skip(3200)));
        var grown = IdentityIndex.Build(first, new IdentityOptions());
        grown.Add(second);
        grown.Add(third);
        var whole = IdentityIndex.Build(SimulatedPeople.Records(people), new IdentityOptions(), grown.Model);

        Same(whole.Link(), grown.Link());
        Assert.NotEmpty(whole.Link().Links);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        var (records, _) = SimulatedPeople.Generate(new PeopleOptions { Rows = 2500, Seed = 12 });
        Same(IdentityIndex.Build(records, new IdentityOptions { Threads = 1 }).Link(), IdentityIndex.Build(records, new IdentityOptions { Threads = 3 }).Link());
    }

    [Fact]
    public void A_model_comes_back_from_its_file_and_links_alike()
    {
        var (records, _) = SimulatedPeople.Generate(new PeopleOptions { Rows = 3000, Seed = 13 });
        var learned = IdentityIndex.Build(records, new IdentityOptions());
        using var file = new MemoryStream();
        learned.Model.Save(file);
        var bytes = file.ToArray();
        var read = IdentityModel.Load(new MemoryStream(bytes));
        using var again = new MemoryStream();
        read.Save(again);

        Assert.Equal(bytes, again.ToArray());
        Same(learned.Link(), IdentityIndex.Build(records, new IdentityOptions(), read).Link());
        Assert.DoesNotContain("secoberg", System.Text.Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        for (var length = 0; length < bytes.Length; length += 1 + (bytes.Length / 97))
            Assert.Throws<InvalidDataException>(() => IdentityModel.Load(new MemoryStream(bytes, 0, length)));
    }

    [Fact]
    public void Families_twins_and_fathers_with_sons_stay_apart()
    {
        var index = WithCrowd(
            Ann,
            Ann with { Given = "Robert", BirthDate = "1978-11-02", Email = "rob.w@example.org" },
            Ann with { Given = "Rosalind", Email = "", Phone = "" },
            Ann with { Given = "Robert", BirthDate = "2004-03-09", Email = "", Phone = "" });
        var clusters = index.Link().Clusters;
        Assert.Equal(4, clusters.Take(4).Distinct().Count());
    }

    [Fact]
    public void Slips_pet_names_exchanged_names_and_other_spellings_are_one()
    {
        var index = WithCrowd(
            Ann,
            Ann with { Given = "Anabel", Family = "Winterbotom", Phone = "" },
            Ann with { Given = "Winterbottom", Family = "Annabel", Email = "" },
            Ann with { Given = "A.", BirthDate = "1980-17-05", Phone = "020 79460958" },
            Ann with { Family = "Wíntérbottom", Street = "Flat 3, 12 Tulip Ln", Email = "ANNABEL.W@EXAMPLE.ORG", City = "" },
            Ann with { Street = "44 Harbour Road", City = "Dover", PostalCode = "99887" });
        Assert.Single(index.Link().Clusters.Take(6).Distinct());
    }

    [Fact]
    public void Humans_have_the_last_word()
    {
        var index = WithCrowd(Ann, Ann with { Given = "Anabel" }, Ann with { Given = "Robert", BirthDate = "1978-11-02", Email = "" });
        var undecided = index.Link();
        Assert.Equal(undecided.Clusters[0], undecided.Clusters[1]);
        Assert.NotEqual(undecided.Clusters[0], undecided.Clusters[2]);

        var decided = index.Link([new IdentityDecision(1, 0, Same: false), new IdentityDecision(0, 2, Same: true)]);
        Assert.NotEqual(decided.Clusters[0], decided.Clusters[1]);
        Assert.Equal(decided.Clusters[0], decided.Clusters[2]);
        Assert.Contains(decided.Links, link => link.Decided && link.Left == 0 && link.Right == 2);
        Assert.DoesNotContain(decided.Review, pair => pair.Left == 0 && pair.Right == 1);
        // Without the decisions everything is as before.
        Same(undecided, index.Link());
    }

    [Fact]
    public void An_address_on_many_people_links_nobody_and_is_reported()
    {
        var crowd = PeopleGenerator.Generate(new PeopleOptions { Rows = 1000, DuplicateShare = 0, Seed = 21 }).Select((record, at) => at < 400 ? record.Record with { Email = "desk@shop.example" } : record.Record);
        var result = IdentityIndex.Build(SimulatedPeople.Records(crowd), new IdentityOptions()).Link();
        Assert.True(result.Links.Count <= 2);
        var blocked = Assert.Single(result.Blocked);
        Assert.Equal(("email", 400, 0), (blocked.Column, blocked.Records, blocked.Row));
    }

    [Fact]
    public void A_cluster_that_is_too_large_is_refused_and_listed()
    {
        var crowd = Enumerable.Repeat(Ann, 100).Concat(PeopleGenerator.Generate(new PeopleOptions { Rows = 500, DuplicateShare = 0, Seed = 22 }).Select(record => record.Record));
        var result = IdentityIndex.Build(SimulatedPeople.Records(crowd), new IdentityOptions { RecordsPerIdentifier = 1000, RecordsPerPhone = 1000 }).Link();
        var refused = Assert.Single(result.Refused);
        Assert.Equal(Enumerable.Range(0, 100), refused.Rows);
        Assert.Equal(100, result.Clusters.Take(100).Distinct().Count());
    }

    [Fact]
    public void Every_link_says_why_in_two_languages_and_names_no_value()
    {
        var index = WithCrowd(Ann, Ann with { Given = "Anabel", Phone = "" });
        var evidence = index.Explain(0, 1);
        Assert.True(evidence.Probability > 0.99);
        Assert.Equal(evidence.Bits, evidence.PriorBits + evidence.Fields.Sum(field => field.Bits), 6);
        Assert.Equal("typo", evidence.Fields.Single(field => field.Field == "givenName").Level);
        Assert.Equal("missing", evidence.Fields.Single(field => field.Field == "phone").Level);
        Assert.Contains("a letter or two apart", evidence.Text.En, StringComparison.Ordinal);
        Assert.Contains("à une ou deux lettres près", evidence.Text.Fr, StringComparison.Ordinal);
        Assert.DoesNotContain("Winterbottom", evidence.Text.En, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_table_of_addresses_alone_is_linked_by_them()
    {
        var builder = new RecordSetBuilder(("email", IdentityField.Email));
        for (var row = 0; row < 2000; row++)
            builder.Add($"{row}", row < 1800 ? $"p{row}x@example.org" : $"P{row - 1800}X@Example.org ");
        var result = IdentityIndex.Build(builder.Build(), new IdentityOptions()).Link();
        Assert.Equal(200, result.Links.Count);
        Assert.All(result.Links, link => Assert.Equal(1800, link.Right - link.Left));
    }

    [Fact]
    public void Faulty_options_are_told_at_once()
    {
        var faults = new IdentityOptions { ApplyAt = 2, ReviewAt = 0, LargestCluster = 1, Threads = 0 }.Validate();
        Assert.Equal(4, faults.Count);
        Assert.Empty(new IdentityOptions().Validate());
    }

    private static IdentityIndex WithCrowd(params Person[] people) => IdentityIndex.Build(
        SimulatedPeople.Records(people.Concat(PeopleGenerator.Generate(new PeopleOptions { Rows = 2000, Seed = 31 }).Select(record => record.Record))),
        new IdentityOptions());

    internal static void Same(LinkResult expected, LinkResult actual)
    {
        Assert.Equal(expected.Clusters, actual.Clusters);
        Assert.Equal(expected.Probabilities, actual.Probabilities);
        Assert.Equal(expected.Links, actual.Links);
        Assert.Equal(expected.Review, actual.Review);
        Assert.Equal(expected.Figures, actual.Figures);
    }
}
