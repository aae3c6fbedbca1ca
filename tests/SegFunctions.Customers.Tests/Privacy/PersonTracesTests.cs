using System.Text;
using System.Text.Json.Nodes;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;

namespace SegFunctions.Customers.Tests.Privacy;

public sealed class PersonTracesTests
{
    [Fact]
    public async Task Person_is_recognised_by_whole_cells_whatever_the_format()
    {
        var traces = await TracesAsync();
        foreach (var row in new[]
        {
            "17850,2026-01-01,9", "17850.0;x", "\"x\",\"ANNA.müller@example.org\"", "{\"mail\":\"anna.muller@example.org\"}", "x\tAnna\ty\tMüller", "Müller Anna,1", "\"Hauptstrasse 7, links\",x",
        })
            Assert.True(traces.AreIn(Encoding.UTF8.GetBytes(row)), row);
        foreach (var row in new[] { "178501,x", "Anna,Meier", "Bonn,2026-01-01", "anna.mueller@example.com", "Müller,Bonn", "" })
            Assert.False(traces.AreIn(Encoding.UTF8.GetBytes(row)), row);
        Assert.False(PersonTraces.None.AreIn("anything"u8));
    }

    [Fact]
    public async Task Traces_come_back_from_their_texts()
    {
        var traces = await TracesAsync();
        var again = new PersonTraces();
        foreach (var text in traces.Texts)
            again.Add(text);
        Assert.Equal(traces.Texts, again.Texts);
        Assert.Equal(traces.Contacts.Order(StringComparer.Ordinal), again.Contacts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("@p.a.u.l.a.quill+news@googlemail.com")]
    [InlineData("@+49 (0) 30 / 55 50 17 76")]
    [InlineData("@0049.49.49.30.5550.1776")]
    [InlineData("@Paula Quill <paula.quill+x@gmail.com>")]
    public void Contact_is_kept_in_all_its_spellings_at_once(string contact)
    {
        var traces = new PersonTraces();
        traces.Add(contact);
        var again = new PersonTraces();
        foreach (var text in traces.Texts)
            again.Add(text);
        Assert.Equal(traces.Texts, again.Texts);
        Assert.All(traces.Contacts, form => Assert.Contains(form, traces.Texts));
    }

    [Fact]
    public async Task Entries_about_the_person_leave_a_report_and_counts_stay()
    {
        var traces = await TracesAsync();
        var report = JsonNode.Parse("""{"file":"x","rows":{"read":17850},"sample":[{"line":1,"cells":["17850","Bonn"]},{"line":2,"cells":["2","Kiel"]}],"rows2":[["a","17850"],["b"]],"note":"anna.müller@example.org"}""")!;
        Assert.Equal(3, traces.RemoveFrom(report));
        Assert.Equal("""{"file":"x","rows":{"read":17850},"sample":[{"line":2,"cells":["2","Kiel"]}],"rows2":[["b"]],"note":""}""", report.ToJsonString());
        Assert.Equal(0, traces.RemoveFrom(report));
    }

    [Fact]
    public void Tombstones_recognise_a_person_and_give_nobody_away()
    {
        var keys = new CustomerKeyDerivation("a secret of the tests, long enough"u8);
        var derivation = new TombstoneDerivation(keys);
        var key = keys.Derive(CustomerKeyDerivation.DefaultNamespace, "17850");
        var erased = new ErasedCustomers([derivation.Of(key), derivation.OfContact("anna muller example org")], derivation);
        Assert.True(erased.Contains(key));
        Assert.False(erased.Contains(keys.Derive(CustomerKeyDerivation.DefaultNamespace, "17851")));
        Assert.True(erased.AreNamedIn("x;17850.0;y"u8, CustomerKeyDerivation.DefaultNamespace, keys));
        Assert.True(erased.AreNamedIn("x;Anna.Muller@example.org"u8, CustomerKeyDerivation.DefaultNamespace, keys));
        Assert.False(erased.AreNamedIn("x;17850"u8, "another shop", keys));
        Assert.False(ErasedCustomers.None.Contains(key));
        // Whose key is known is told without a tombstone.
        var known = new ErasedCustomers([key], PersonTraces.None.Mentions);
        Assert.True(known.Contains(key) && known.AreNamedIn("x;17850.0;y"u8, CustomerKeyDerivation.DefaultNamespace, keys));
        Assert.False(known.Contains(keys.Derive(CustomerKeyDerivation.DefaultNamespace, "17851")) || known.AreMentionedIn("17850"u8));
        Assert.DoesNotContain(key.ToString(), derivation.Of(key).ToString(), StringComparison.Ordinal);
        Assert.NotEqual(derivation.Of(key), new TombstoneDerivation(new CustomerKeyDerivation("another secret of the tests, long"u8)).Of(key));
        Assert.True(Tombstone.TryParse(derivation.Of(key).ToString(), out var read) && read == derivation.Of(key));
    }

    private static async Task<PersonTraces> TracesAsync()
    {
        const string csv = "key,customerId,givenName,familyName,email,street,city\naaaaaaaaaaaaaaaaaaaaaaaaaa,17850,Anna,Müller,anna.müller@example.org,\"Hauptstrasse 7, links\",Bonn\n";
        await using var rows = await CanonicalReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), default);
        Assert.True(await rows.FillAsync(default) && rows.Next());
        var traces = new PersonTraces();
        traces.Add(rows);
        return traces;
    }
}
