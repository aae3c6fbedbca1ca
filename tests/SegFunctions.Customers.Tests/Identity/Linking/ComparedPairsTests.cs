using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Testing.People;

namespace SegFunctions.Customers.Tests.Identity.Linking;

public sealed class ComparedPairsTests
{
    private static readonly List<Person> People = [.. PeopleGenerator.Generate(new PeopleOptions { Rows = 3400, DuplicateShare = 0.3, Seed = 41 }).Select(record => record.Record)];

    [Fact]
    public void Upon_earlier_pairs_only_new_records_are_compared_and_the_result_is_that_of_comparing_all()
    {
        var first = IdentityIndex.Build(Records(People.Take(2800)), new IdentityOptions());
        var second = IdentityIndex.Build(Records(People.Take(3100)), new IdentityOptions(), first.Model, Saved(first.Pairs()));
        var third = IdentityIndex.Build(Records(People), new IdentityOptions { Threads = 1 }, first.Model, Saved(second.Pairs()));
        var whole = IdentityIndex.Build(Records(People), new IdentityOptions(), first.Model);

        Assert.Equal((2800, 300, 300, 3400), (first.RowsCompared, second.RowsCompared, third.RowsCompared, whole.RowsCompared));
        IdentityDecision[] decisions = [new(3, 3333, Same: true), new(whole.Link().Links[0].Left, whole.Link().Links[0].Right, Same: false)];
        IdentityIndexTests.Same(whole.Link(decisions), third.Link(decisions));
        IdentityIndexTests.Same(whole.Link(), third.Link());
        Assert.Equal(Bytes(whole.Pairs()).Length, Bytes(third.Pairs()).Length);
        Assert.Throws<InvalidOperationException>(() => third.Add(Records(People.Take(1))));
    }

    [Fact]
    public void Values_that_come_to_be_on_too_many_records_link_nobody_any_more()
    {
        // Nine share a desk's address and are taken for less than strangers by it, until five more come.
        var desk = People.Select((person, at) => at % 300 == 7 ? person with { Email = "desk@shop.example" } : person).ToList();
        var early = desk.Take(2800).ToList();
        var late = desk.Skip(2800).Select((person, at) => at % 60 == 3 ? person with { Email = "desk@shop.example" } : person).ToList();
        var first = IdentityIndex.Build(Records(early), new IdentityOptions());
        var whole = IdentityIndex.Build(Records(early.Concat(late)), new IdentityOptions(), first.Model);
        var upon = IdentityIndex.Build(Records(early.Concat(late)), new IdentityOptions(), first.Model, first.Pairs());
        first.Add(Records(late));

        Assert.Empty(IdentityIndex.Build(Records(early), new IdentityOptions(), first.Model).Link().Blocked);
        Assert.Contains(whole.Link().Blocked, blocked => blocked.Column == "email");
        Assert.InRange(upon.RowsCompared, 601, 640);
        IdentityIndexTests.Same(whole.Link(), upon.Link());
        IdentityIndexTests.Same(whole.Link(), first.Link());
    }

    [Fact]
    public void Pairs_of_other_records_models_or_options_are_not_used()
    {
        var first = IdentityIndex.Build(Records(People.Take(2000)), new IdentityOptions());
        var pairs = first.Pairs();
        var changed = People.Take(2100).Select((person, at) => at == 5 ? person with { City = "Elsewhere" } : person);
        var other = IdentityIndex.Build(Records(People.Take(2500)), new IdentityOptions());

        Assert.Equal(100, IdentityIndex.Build(Records(People.Take(2100)), new IdentityOptions(), first.Model, pairs).RowsCompared);
        Assert.Equal(2100, IdentityIndex.Build(Records(changed), new IdentityOptions(), first.Model, pairs).RowsCompared);
        Assert.Equal(1999, IdentityIndex.Build(Records(People.Skip(1).Take(1999)), new IdentityOptions(), first.Model, pairs).RowsCompared);
        Assert.Equal(2100, IdentityIndex.Build(Records(People.Take(2100)), new IdentityOptions(), other.Model, pairs).RowsCompared);
        Assert.Equal(2100, IdentityIndex.Build(Records(People.Take(2100)), new IdentityOptions { RecordsPerPhone = 5 }, first.Model, pairs).RowsCompared);
    }

    [Fact]
    public void A_file_of_pairs_that_is_damaged_is_no_file_of_pairs()
    {
        var bytes = Bytes(IdentityIndex.Build(Records(People.Take(1500)), new IdentityOptions()).Pairs());
        for (var length = 0; length < bytes.Length; length += 1 + (bytes.Length / 61))
            Assert.Throws<InvalidDataException>(() => ComparedPairs.Load(new MemoryStream(bytes, 0, length)));
    }

    private static RecordSet Records(IEnumerable<Person> people) => SimulatedPeople.Records(people);

    private static ComparedPairs Saved(ComparedPairs pairs) => ComparedPairs.Load(new MemoryStream(Bytes(pairs)));

    private static byte[] Bytes(ComparedPairs pairs)
    {
        using var file = new MemoryStream();
        pairs.Save(file);
        return file.ToArray();
    }
}
