using System.Text.Json;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Functions;

/// <summary>An app that serves a small shop: orders with a refused row, a file that cannot be used, and one finished run.</summary>
public sealed class ServedShop : IAsyncLifetime
{
    private ServedApp? _app;

    internal ServedApp App => _app!;

    public string RunId { get; private set; } = "";

    public string UploadId { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _app = await ServedApp.StartAsync();
        await _app.TakeInAsync("nonsense/what.csv", "alpha,beta\n1,2\n");
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        var orders = await _app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(150) + "X1,2025-13-45,C0001,SKU1,1,10.00,France\n");
        UploadId = orders.Id;
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        JsonElement run = await _app.RunAsync();
        RunId = run.GetProperty("id").GetString()!;
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();
}
