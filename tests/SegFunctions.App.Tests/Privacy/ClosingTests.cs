using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Support;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>An erasure is completed once nothing is left, what it knew of the person itself included.</summary>
public sealed class ClosingTests
{
    private static readonly ErasureInput Input = new("tombstone", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static readonly ErasureOutcome Nothing = new(Input, [], new RescanReceipt(1, 2, 3, []));

    [Fact]
    public async Task A_try_that_died_when_the_case_had_gone_is_brought_to_its_end()
    {
        await using var app = await ServedApp.StartAsync();
        var erasures = app.Services.GetRequiredService<ErasureTable>();
        await erasures.WriteAsync(Record() with { Keys = 4, Rescan = Nothing.Rescan }, default);

        await app.Services.GetRequiredService<ErasureActivities>().CloseAsync(Nothing, default);

        var closed = await erasures.FindAsync(Input.Id, default);
        Assert.Equal((ErasureStatus.Completed, 4, true), (closed!.Status, closed.Keys, closed.CompletedAt is not null));
    }

    [Fact]
    public async Task Completed_is_said_when_the_case_has_gone()
    {
        await using var app = await ServedApp.StartAsync();
        var cases = app.Services.GetRequiredService<ErasureCases>();
        var erasures = app.Services.GetRequiredService<ErasureTable>();
        await cases.SaveAsync(Input.Id, cases.New(), default);
        await erasures.WriteAsync(Record(), default);

        await app.Services.GetRequiredService<ErasureActivities>().CloseAsync(Nothing, default);

        Assert.Empty(await cases.ListAsync(default));
        Assert.Equal(ErasureStatus.Completed, (await erasures.FindAsync(Input.Id, default))!.Status);
    }

    [Fact]
    public async Task A_late_close_says_nothing_of_an_erasure_that_was_asked_for_again()
    {
        await using var app = await ServedApp.StartAsync();
        var erasures = app.Services.GetRequiredService<ErasureTable>();
        await erasures.WriteAsync(Record() with { RequestedAt = Input.RequestedAt.AddDays(1) }, default);

        await app.Services.GetRequiredService<ErasureActivities>().CloseAsync(Nothing, default);

        Assert.Equal(ErasureStatus.Running, (await erasures.FindAsync(Input.Id, default))!.Status);
    }

    [Fact]
    public async Task What_is_left_fails_the_erasure_and_keeps_its_case()
    {
        await using var app = await ServedApp.StartAsync();
        var cases = app.Services.GetRequiredService<ErasureCases>();
        await cases.SaveAsync(Input.Id, cases.New(), default);

        await app.Services.GetRequiredService<ErasureActivities>().CloseAsync(Nothing with { Rescan = new RescanReceipt(1, 2, 3, ["lake/orders"]) }, default);

        Assert.Equal([Input.Id], await cases.ListAsync(default));
        var record = await app.Services.GetRequiredService<ErasureTable>().FindAsync(Input.Id, default);
        Assert.Equal((ErasureStatus.Failed, true), (record!.Status, record.Error!.Contains("lake/orders", StringComparison.Ordinal)));
    }

    private static ErasureRecord Record() => new() { Id = Input.Id, Status = ErasureStatus.Running, RequestedAt = Input.RequestedAt };
}
