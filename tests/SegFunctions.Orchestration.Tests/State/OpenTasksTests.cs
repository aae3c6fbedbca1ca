using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Orchestration.State;

namespace SegFunctions.Orchestration.Tests.State;

public sealed class OpenTasksTests
{
    [Fact]
    public void What_was_encoded_is_open_and_nothing_else() =>
        Prop.ForAll<Dictionary<ushort, PositiveInt>, ushort>((tasks, other) =>
        {
            var encoded = OpenTasks.Encode(tasks.Select(task => ((int)task.Key, task.Value.Get)));
            Assert.NotNull(encoded);
            Assert.All(tasks, task =>
            {
                Assert.True(OpenTasks.Contains(encoded, task.Key, task.Value.Get));
                Assert.False(OpenTasks.Contains(encoded, task.Key, task.Value.Get + 1));
            });
            Assert.Equal(tasks.ContainsKey(other), Enumerable.Range(1, 200).Any(attempt => OpenTasks.Contains(encoded, other, attempt)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void A_thousand_open_tasks_take_two_bytes_each() =>
        Assert.Equal(2000, OpenTasks.Encode(Enumerable.Range(0, 1000).Select(task => (task, 1)))!.Length);

    [Fact]
    public void Too_many_to_name_are_unknown_rather_than_cut_short() =>
        Assert.Null(OpenTasks.Encode(Enumerable.Range(0, 40_000).Select(task => (task, 1))));
}
