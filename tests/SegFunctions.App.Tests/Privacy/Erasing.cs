using System.Text.Json;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>Works on an erasure until it has ended.</summary>
internal static class Erasing
{
    /// <param name="address">Where it tells how far it is.</param>
    public static async Task<JsonElement> FinishAsync(ServedApp app, string address)
    {
        for (var round = 0; round < 200; round++)
        {
            await app.PumpAsync();
            var state = await app.GetAsync(address);
            if (state.GetProperty("status").GetString() != "running")
                return state;
            app.Time.Advance(TimeSpan.FromSeconds(3));
        }

        throw new InvalidOperationException("The erasure does not end.");
    }
}
