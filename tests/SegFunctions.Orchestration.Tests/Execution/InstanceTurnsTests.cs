using SegFunctions.Orchestration.Execution;

namespace SegFunctions.Orchestration.Tests.Execution;

public sealed class InstanceTurnsTests
{
    private readonly InstanceTurns _turns = new();

    [Fact]
    public async Task Turns_of_one_instance_follow_each_other_and_those_of_others_do_not_wait()
    {
        var first = await _turns.TakeAsync("a", mayJoin: true, default);
        var second = _turns.TakeAsync("a", mayJoin: true, default);
        using var other = await _turns.TakeAsync("b", mayJoin: true, default);

        Assert.NotNull(first);
        Assert.NotNull(other);
        Assert.False(second.IsCompleted);
        first.Dispose();
        Assert.NotNull(await second);
    }

    [Fact]
    public async Task A_wake_up_joins_one_that_waits_but_not_one_that_has_begun()
    {
        var begun = await _turns.TakeAsync("a", mayJoin: true, default);
        var waiting = _turns.TakeAsync("a", mayJoin: true, default);

        Assert.Null(await _turns.TakeAsync("a", mayJoin: true, default));
        var timer = _turns.TakeAsync("a", mayJoin: false, default);
        begun!.Dispose();
        (await waiting)!.Dispose();
        Assert.NotNull(await timer);
    }

    [Fact]
    public async Task One_that_gives_up_waiting_leaves_the_turn_to_others()
    {
        using var impatient = new CancellationTokenSource();
        var begun = await _turns.TakeAsync("a", mayJoin: true, default);
        var waiting = _turns.TakeAsync("a", mayJoin: true, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        begun!.Dispose();
        begun.Dispose();
        using var next = await _turns.TakeAsync("a", mayJoin: true, default);
        Assert.NotNull(next);
    }
}
