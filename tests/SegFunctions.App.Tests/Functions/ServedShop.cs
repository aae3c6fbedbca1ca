using System.Text.Json;
using SegFunctions.App.Tests.Identity;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Functions;

/// <summary>An app that serves a small shop: orders with a refused row, a file that cannot be used, and one finished run.</summary>
public sealed class ServedShop : IAsyncLifetime
{
    private ServedApp? _app;

    internal ServedApp App => _app!;

    public string RunId { get; private set; } = "";

    public string UploadId { get; private set; } = "";

    /// <summary>Uploads that wait for a human, after <see cref="HoldAsync"/>.</summary>
    public IReadOnlyList<string> HeldIds { get; private set; } = [];

    public async Task InitializeAsync()
    {
        _app = await ServedApp.StartAsync();
        await _app.TakeInAsync("nonsense/what.csv", "alpha,beta\n1,2\n");
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        var orders = await _app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(150) + "X1,2025-13-45,C0001,SKU1,1,10.00,France\n");
        UploadId = orders.Id;
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        // Nobody of these has ordered: who is one among them changes no figure of the shop.
        var strangers = SomePeople.Csv(60).Replace("\nC", "\nP", StringComparison.Ordinal);
        await _app.TakeInAsync("customers/crm.csv", strangers + "W1,Wilhelmina,Wackernagel,w.wackernagel@example.org,,,Lyon,69002,1981-04-17\nD2,Kunigunde,Hagelkorn,,,,Lille,59000,\n");
        await _app.TakeInAsync("customers/web.csv", SomePeople.Header + "W2,Wilhelmina,Wackernagl,w.wackernagel@example.org,,,Lyon,69002,1981-04-17\nE2,Kunigunde,Hagelkorn,,,,Lille,59800,\n");
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        JsonElement run = await _app.RunAsync();
        RunId = run.GetProperty("id").GetString()!;
    }

    /// <summary>Sends tickets as usual three times, and then two files that are far too large.</summary>
    public async Task HoldAsync()
    {
        var held = new List<string>();
        for (var upload = 0; upload < 5; upload++)
        {
            var tickets = Enumerable.Range(0, upload < 3 ? 40 : 900).Select(row => $"T{upload}-{row},{SomeOrders.Id(row % 90)},2026-02-0{1 + upload},delivery\n");
            var taken = await App.TakeInAsync($"tickets/week-{upload}.csv", "ticket_id,customer_id,opened_at,topic\n" + string.Concat(tickets));
            if (upload >= 3)
                held.Add(taken.Id);
            App.Time.Advance(TimeSpan.FromMinutes(1));
        }

        HeldIds = held;
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();
}
