using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Tests.Identity.Store;

public sealed class IdentityResolutionTests
{
    private static readonly string[] Family = ["Albrecht", "Bergmann", "Carstens", "Dietrich", "Engelhardt", "Fuhrmann", "Gerlach", "Hartwig", "Iversen", "Jansen", "Kaufmann", "Lindner", "Mertens"];

    [Fact]
    public void The_key_that_was_known_first_stands_for_the_others()
    {
        var customers = Strangers(60);
        Add(customers, Key(901), "Wilhelmina", "Wackernagel", "w@example.org", "1981-04-17");
        Add(customers, Key(900), "Wilhelmina", "Wackernagl", "w@example.org", "1981-04-17");

        var found = Resolve(customers);

        var group = Assert.Single(found.Groups);
        Assert.Equal(Key(901), group.Canonical);
        Assert.Equal([Key(901), Key(900)], group.Members.Select(member => member.Key));
        Assert.Equal(Key(901), found.Routes().Of(Key(900)));
        var link = Assert.Single(found.Links);
        Assert.Equal((Key(901), Key(900), LinkKind.Model), (link.Left, link.Right, link.Kind));
        Assert.Contains(link.Fields, field => field.Field == "email");
    }

    [Fact]
    public void Decisions_win_over_the_model()
    {
        var customers = Strangers(60);
        Add(customers, Key(900), "Wilhelmina", "Wackernagel", "w@example.org", "1981-04-17");
        Add(customers, Key(901), "Wilhelmina", "Wackernagel", "w@example.org", "1981-04-17");

        var found = new IdentityResolution(new IdentityOptions()).Resolve(customers, [], [new KeyDecision(Key(900), Key(901), Same: false), new KeyDecision(Key(3), Key(17), Same: true)]);

        Assert.Equal([Key(3), Key(17)], Assert.Single(found.Groups).Members.Select(member => member.Key));
        Assert.Equal(LinkKind.Decision, Assert.Single(found.Links).Kind);
        Assert.DoesNotContain(found.Reviews, review => review.Link.Left == Key(900));
    }

    [Fact]
    public void Somebody_who_moved_is_found_by_the_old_address()
    {
        var customers = Strangers(60);
        Add(customers, Key(900), "Wilhelmina", "Wackernagel", "old@example.org", null);
        Add(customers, Key(900), "Wilhelmina", "Wackernagel", "new@example.org", null);
        Add(customers, Key(901), "Wilhelmina", "Wackernagel", "old@example.org", null);

        Assert.Equal(2, Assert.Single(Resolve(customers).Groups).Members.Count);
    }

    [Fact]
    public void Visitors_follow_who_signed_in_unless_a_human_said_no()
    {
        var found = new IdentityResolution(new IdentityOptions()).Resolve(
            Strangers(5), [(Key(70), Key(1)), (Key(71), Key(99)), (Key(72), Key(2))], [new KeyDecision(Key(2), Key(72), Same: false)]);

        Assert.Equal(Key(1), found.Routes().Of(Key(70)));
        Assert.Equal(Key(99), found.Routes().Of(Key(71)));
        Assert.Equal(Key(72), found.Routes().Of(Key(72)));
    }

    [Fact]
    public void A_browser_of_one_person_under_two_keys_is_theirs_and_one_of_two_people_nobodys()
    {
        var customers = Strangers(60);
        Add(customers, Key(900), "Wilhelmina", "Wackernagel", "w@example.org", "1981-04-17");
        Add(customers, Key(901), "Wilhelmina", "Wackernagel", "w@example.org", "1981-04-17");

        var found = new IdentityResolution(new IdentityOptions()).Resolve(customers, [(Key(70), Key(900)), (Key(70), Key(901)), (Key(71), Key(1)), (Key(71), Key(2))], []);

        Assert.Equal(Key(900), found.Routes().Of(Key(70)));
        Assert.Equal(Key(71), found.Routes().Of(Key(71)));
    }

    [Fact]
    public void Who_shares_an_id_of_another_system_is_one_unless_too_many_do_or_a_human_said_no()
    {
        var customers = Strangers(60);
        customers.AddExternal(Key(3), "loyalty card", "LC-4711");
        customers.AddExternal(Key(31), "loyalty card", "lc 4711");
        customers.AddExternal(Key(5), "loyalty card", "LC-0815");
        customers.AddExternal(Key(17), "loyalty card", "LC-0815");
        // Of another kind, though spelled alike.
        customers.AddExternal(Key(40), "crm id", "LC-4711");
        foreach (var nobody in new[] { "-1", "null", "n/a", "0000", "" })
        {
            customers.AddExternal(Key(50), "loyalty card", nobody);
            customers.AddExternal(Key(51), "loyalty card", nobody);
        }

        var found = new IdentityResolution(new IdentityOptions()).Resolve(customers, [], [new KeyDecision(Key(5), Key(17), Same: false)]);

        Assert.Equal([Key(3), Key(31)], Assert.Single(found.Groups).Members.Select(member => member.Key));
        var link = Assert.Single(found.Links);
        Assert.Equal((LinkKind.Identifier, "loyalty card"), (link.Kind, Assert.Single(link.Fields).Field));

        // With a later upload the number is on a whole desk: it links nobody any more.
        for (var number = 6; number < 17; number++)
            customers.AddExternal(Key(number), "loyalty card", "LC-4711");
        found = new IdentityResolution(new IdentityOptions()).Resolve(customers, [], []);
        Assert.Equal([Key(5), Key(17)], Assert.Single(found.Groups).Members.Select(member => member.Key));
        Assert.Equal(1, found.Blocked["loyalty card"]);
    }

    [Fact]
    public void Decisions_keep_apart_what_an_id_would_join_by_way_of_a_third()
    {
        var customers = Strangers(60);
        customers.AddExternal(Key(3), "crm id", "A100");
        customers.AddExternal(Key(31), "crm id", "A100");
        customers.AddExternal(Key(31), "loyalty card", "B200");
        customers.AddExternal(Key(45), "loyalty card", "B200");

        var found = new IdentityResolution(new IdentityOptions()).Resolve(customers, [], [new KeyDecision(Key(3), Key(45), Same: false)]);

        Assert.NotEqual(found.Routes().Of(Key(3)), found.Routes().Of(Key(45)));
        Assert.Equal(2, Assert.Single(found.Groups).Members.Count);
    }

    [Fact]
    public void New_uploads_give_what_everything_at_once_gives()
    {
        var customers = Strangers(60);
        Add(customers, Key(900), "Wilhelmina", "Wackernagel", "w@example.org", "1981-04-17");
        var before = Resolve(customers);
        Add(customers, Key(901), "Wilhelmina", "Wackernagel", "w@example.org", "1981-04-17");
        var after = new IdentityResolution(new IdentityOptions()).Resolve(customers, [], [], before.People, before.Companies);

        Assert.Empty(before.Groups);
        Assert.Single(after.Groups);
        Assert.Same(before.People!.Model, after.People!.Model);
    }

    [Fact]
    public void Nobody_and_one_alone_are_no_fault()
    {
        Assert.Empty(Resolve(new CustomerIdentifiers()).Groups);
        Assert.Empty(Resolve(Strangers(1)).Groups);
    }

    [Fact]
    public void Routes_survive_their_file_and_name_the_partitions_to_read()
    {
        var routes = new IdentityRoutes([KeyValuePair.Create(Key(0x10, 7), Key(0x90, 1)), KeyValuePair.Create(Key(0x91, 2), Key(0x90, 1)), KeyValuePair.Create(Key(0x92, 3), Key(0x11, 1))]);

        var read = IdentityRoutes.Read(routes.Write());

        Assert.Equal(routes.Pairs.Order(Comparer<KeyValuePair<CustomerKey, CustomerKey>>.Create((one, other) => one.Key.CompareTo(other.Key))), read.Pairs);
        Assert.Equal(Key(0x90, 1), read.Of(Key(0x10, 7)));
        Assert.Equal(Key(0x90, 1), read.Of(Key(0x90, 1)));
        Assert.Equal([0], read.PartitionsInto(KeyRange.OfPartition(1, 2), 2));
        Assert.Equal([1], read.PartitionsInto(KeyRange.OfPartition(0, 2), 2));
        Assert.Empty(read.PartitionsInto(KeyRange.All, 1));
        Assert.Throws<InvalidDataException>(() => IdentityRoutes.Read("key,canonical\nnonsense\n"u8));
    }

    private static CustomerIdentifiers Strangers(int count)
    {
        var customers = new CustomerIdentifiers();
        for (var number = 0; number < count; number++)
            Add(customers, Key(number), "Given" + (char)('a' + (number % 20)), Family[number % Family.Length], $"person{number}@example.org", $"{1950 + (number % 47)}-{1 + (number % 12):00}-{1 + (number % 27):00}");
        return customers;
    }

    private static void Add(CustomerIdentifiers customers, CustomerKey key, string given, string family, string email, string? birthDate)
    {
        var values = new string?[CustomerIdentifiers.Fields.Count];
        foreach (var (field, value) in new[] { ("givenName", given), ("familyName", family), ("email", email), ("birthDate", birthDate) })
            values[CustomerIdentifiers.Fields.ToList().FindIndex(one => one.Name == field)] = value;
        customers.Add(key, values);
    }

    private static ResolvedIdentities Resolve(CustomerIdentifiers customers) => new IdentityResolution(new IdentityOptions()).Resolve(customers, [], []);

    private static CustomerKey Key(int number) => new((UInt128)(uint)number << 64);

    private static CustomerKey Key(int firstByte, int number) => new(((UInt128)(uint)firstByte << 120) + (uint)number);
}
