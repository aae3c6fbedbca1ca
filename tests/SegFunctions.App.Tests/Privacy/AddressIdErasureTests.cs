using System.Net;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>A person who is known by an address of e-mail, written in many ways: in a list of contacts as id and address at once, in the log of a mail tool without a channel, in orders.</summary>
public sealed class AddressIdErasureTests
{
    private const string Token = "xq7veronika";
    private const string Contacts = "E-mail,First name,Country\nXq7Veronika@Example.org,Xq7veronika,FR\nbob@example.org,Bob,DE\n";

    [Fact]
    public async Task They_are_one_customer_and_go_from_everywhere_however_they_are_asked_for()
    {
        await using var app = await ServedApp.StartAsync();
        await WriteAsync(app, "customers/people.csv.mapping.json", """{ "columns": { "E-mail": ["customerId", "email"] }, "values": { "language": "français" } }""");
        await WriteAsync(app, "messages/log.csv.mapping.json", """{ "columns": { "Recipient": "customerId" }, "values": { "channel": "email" } }""");
        await DropAsync(app, "customers/people.csv", Contacts);
        await DropAsync(app, "messages/log.csv", "Recipient,sent at,action\nXQ7VERONIKA@example.org,2026-02-01 08:00,opened\nbob@example.org,2026-02-01 08:00,opened\n");
        await DropAsync(app, "orders/shop.csv", SomeOrders.Csv(20) + SomeOrders.Line("v1", new DateTime(2026, 2, 2, 0, 0, 0, DateTimeKind.Utc), "xq7veronika@EXAMPLE.org"));
        await app.PumpAsync();
        await app.RunAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var customer = await app.GetAsync("/api/v1/customers/XQ7Veronika@Example.ORG/memberships");
        Assert.Equal(customer.GetProperty("customer").GetString(), (await app.GetAsync("/api/v1/customers/xq7veronika@example.org/memberships")).GetProperty("customer").GetString());
        var key = customer.GetProperty("customer").GetString()!;

        // The raw address stands nowhere but sealed, and in the files as they were dropped.
        var open = await Planted.EverythingStored.FindAsync(app.Storage, Erasing.Names(app.Storage), Erasing.Keys, sealedToo: false, Token);
        Assert.All(open, place => Assert.StartsWith("uploads/", place, StringComparison.Ordinal));
        Assert.Contains(await Erasing.SearchAsync(app.Storage, Token), place => place.StartsWith("vault/", StringComparison.Ordinal));

        const string Address = "/api/v1/customers/XQ7VERONIKA@EXAMPLE.ORG/privacy/erasure";
        using (var asked = await app.Client.PostAsync(Address, null))
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var erasure = await Erasing.FinishAsync(app, Address);
        Assert.True(erasure.GetProperty("status").GetString() == "completed", erasure.ToString());
        Assert.Empty(await Erasing.SearchAsync(app.Storage, Token, key));

        await DropAsync(app, "customers/people.csv", Contacts.Replace("Xq7Veronika@Example.org", "XQ7veronika@example.ORG", StringComparison.Ordinal) + "carl@example.org,Carl,\n");
        await app.PumpAsync();
        await app.RunAsync();
        Assert.DoesNotContain(await Erasing.SearchAsync(app.Storage, Token, key), place => !place.StartsWith("uploads/", StringComparison.Ordinal));
    }

    private static async Task DropAsync(ServedApp app, string name, string content)
    {
        await app.DropAsync(name, content);
        app.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private static Task WriteAsync(ServedApp app, string name, string content) => app.Uploads.WriteAsync(name, System.Text.Encoding.UTF8.GetBytes(content), null, default);
}
