using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Testing.People;

namespace SegFunctions.Customers.Tests.Identity.Store;

public sealed class IncrementalResolutionTests
{
    private static readonly List<Person> People = [.. PeopleGenerator.Generate(new PeopleOptions { Rows = 1600, DuplicateShare = 0.3, Seed = 51 }).Select(record => record.Record)];

    [Fact]
    public void Upload_after_upload_gives_what_comparing_everything_gives()
    {
        // Who moved stands behind those who were there before, and so do those who are new.
        var uploads = new List<(int Key, Person Person)>[]
        {
            [.. Enumerable.Range(0, 1000).Select(number => (number, People[number]))],
            [.. Enumerable.Range(1000, 300).Select(number => (number, People[number])), (7, People[7] with { Street = "1 Elsewhere Road" }), (8, People[8] with { Email = "new.address@example.org" })],
            [.. Enumerable.Range(1300, 300).Select(number => (number, People[number])), (9, People[9] with { Family = "Neverheardof" })],
        };
        LearnedIdentity? learned = null;
        List<KeyDecision> decisions = [];
        for (var upload = 0; upload < uploads.Length; upload++)
        {
            var customers = Customers(uploads.Take(upload + 1).SelectMany(rows => rows));
            var found = new IdentityResolution(new IdentityOptions()).Resolve(customers, [], decisions, learned);
            var whole = new IdentityResolution(new IdentityOptions()).Resolve(customers, [], decisions, found.People! with { Pairs = null });
            Same(whole, found);
            Assert.Equal(upload == 0 ? 1000 : uploads[upload].Count, found.Compared);
            decisions.Add(new KeyDecision(found.Groups[upload].Members[0].Key, found.Groups[upload].Members[1].Key, Same: false));
            learned = found.People;
        }

        // A customer who is gone, and one whose first record is: everything is compared again.
        var left = Customers(uploads.SelectMany(rows => rows).Where(row => row.Key is not 12).Skip(1));
        var after = new IdentityResolution(new IdentityOptions()).Resolve(left, [], decisions, learned);
        Assert.True(after.Compared > 1500);
        Same(new IdentityResolution(new IdentityOptions()).Resolve(left, [], decisions, learned! with { Pairs = null }), after);
    }

    internal static void Same(ResolvedIdentities expected, ResolvedIdentities actual)
    {
        Assert.Equal(expected.Groups.Select(Text), actual.Groups.Select(Text));
        Assert.Equal(expected.Links.Select(Text), actual.Links.Select(Text));
        Assert.Equal(expected.Reviews.Select(review => Text(review.Link)), actual.Reviews.Select(review => Text(review.Link)));
        Assert.Equal(expected.Blocked, actual.Blocked);
        Assert.NotEmpty(expected.Groups);

        static string Text(object one) => one switch
        {
            IdentityGroup group => group.Canonical + ": " + string.Join(' ', group.Members),
            KeyLink link => $"{link with { Fields = [] }} {string.Join(' ', link.Fields)}",
            _ => "",
        };
    }

    private static CustomerIdentifiers Customers(IEnumerable<(int Key, Person Person)> rows)
    {
        var customers = new CustomerIdentifiers();
        foreach (var (key, person) in rows)
        {
            var values = new string?[CustomerIdentifiers.Fields.Count];
            foreach (var (field, value) in new[] { ("givenName", person.Given), ("familyName", person.Family), ("email", person.Email), ("phone", person.Phone), ("street", person.Street), ("city", person.City), ("birthDate", person.BirthDate) })
                values[CustomerIdentifiers.Fields.ToList().FindIndex(one => one.Name == field)] = value;
            customers.Add(new CustomerKey((UInt128)(uint)key << 64), values);
        }

        return customers;
    }
}
