using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Orchestration.History;
using SegFunctions.Orchestration.Replay;
using SegFunctions.Orchestration.Serialization;

namespace SegFunctions.Orchestration.Tests.Replay;

/// <summary>The pure core: history and news in, events out.</summary>
public sealed class ReplayTests
{
    private static readonly PayloadSerializer Serializer = new(System.Text.Json.JsonSerializerOptions.Web);
    private static readonly DateTimeOffset Begin = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private readonly List<HistoryEvent> _events = [];
    private int _steps;

    [Fact]
    public void Whatever_the_order_and_grouping_of_results_each_counts_once() =>
        Prop.ForAll<int, byte>((seed, width) =>
        {
            var random = new System.Random(seed);
            var count = (width % 40) + 1;
            var core = new ReplayTests();
            Func<OrchestrationContext, Task<string>> code = async context =>
            {
                var sums = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
                    await context.CallActivityAsync<int>("A", i) + await context.CallActivityAsync<int>("B", i)));
                return $"{sums.Sum()}";
            };
            core.Step(code);
            while (core.History().OpenActivities.ToList() is { Count: > 0 } open)
            {
                // Some of the open ones, some of them twice, and some that are long done.
                var late = open.Exists(activity => activity.Scheduled.TaskId == 0) ? [] : new[] { Result(0, "1000") };
                var results = open.Where(_ => random.Next(3) > 0).Concat(open.Where(_ => random.Next(4) == 0))
                    .OrderBy(_ => random.Next())
                    .Select(activity => Result(activity.Scheduled.TaskId, "1"))
                    .Concat(late);
                core.Step(code, [.. results]);
            }

            Assert.Equal($"\"{count * 2}\"", Encoding.UTF8.GetString(core.History().End!.Output!.Json!), ignoreCase: true);
            Assert.Equal(count * 2, core._events.OfType<ActivityCompleted>().Select(result => result.TaskId).Distinct().Count());
            Assert.Equal(count * 2, core._events.OfType<ActivityCompleted>().Count());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Theory]
    [InlineData("another activity", "has activity 'A' (task 0), but the code asked for activity 'Z'")]
    [InlineData("a timer instead", "has activity 'A' (task 0), but the code asked for a timer at 2026-03-04T06:06:07.0000000+00:00")]
    [InlineData("nothing", "has activity 'A' (task 0), but the code asked for nothing")]
    [InlineData("more", "has the result of task 0 next, but the code asked for activity 'C'")]
    [InlineData("the end", "has activity 'A' (task 0), but the code asked for its end")]
    [InlineData("a failure", "has activity 'A' (task 0), but the code asked for its end with System.FormatException: oops")]
    public void A_replay_that_asks_for_something_else_is_noticed(string change, string expected)
    {
        Step(context => Twice(context, "A", "B"));
        Step(context => Twice(context, "A", "B"), Result(0, "\"a\""));
        Step(
            async context =>
            {
                switch (change)
                {
                    case "another activity":
                        return await context.CallActivityAsync<string>("Z");
                    case "a timer instead":
                        await context.CreateTimerAsync(TimeSpan.FromHours(1));
                        return "";
                    case "nothing":
                        return await context.WaitForExternalEventAsync<string>("never");
                    case "more":
                        return (await Task.WhenAll(context.CallActivityAsync<string>("A"), context.CallActivityAsync<string>("C")))[0];
                    case "the end":
                        return "early";
                    default:
                        throw new FormatException("oops");
                }
            },
            Result(1, "\"b\""));

        var failure = History().End!.Failure!;
        Assert.Equal(FailureDetails.NonDeterministic, failure.Type);
        Assert.Contains("Orchestrator 'Code' does not replay: in step ", failure.Message, StringComparison.Ordinal);
        Assert.Contains($" history {expected}. The code has changed", failure.Message, StringComparison.Ordinal);

        // The news is kept, for the day when the code is right again.
        Assert.Single(_events.OfType<ActivityCompleted>(), result => result.TaskId == 1);
    }

    [Fact]
    public void Code_that_asks_for_more_at_the_end_of_history_is_noticed()
    {
        Step(context => context.WaitForExternalEventAsync<string>("go"));
        Step(
            async context =>
            {
                _ = context.CallActivityAsync<string>("New");
                return await context.WaitForExternalEventAsync<string>("go");
            },
            new EventRequest("k", "go", "\"\""u8.ToArray()));

        Assert.Contains("in step 0 history ends there, but the code asked for activity 'New'", History().End!.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_does_not_compare_inputs()
    {
        Step(context => context.CallActivityAsync<string>("A", new { Old = 1 }));
        Step(context => context.CallActivityAsync<string>("A", new { Old = 1, New = 2 }), Result(0, "\"a\""));
        Assert.Equal(OrchestrationStatus.Completed, History().End!.Status);
    }

    [Fact]
    public void Results_behind_the_end_are_kept_but_not_delivered()
    {
        Func<OrchestrationContext, Task<string>> code = async context =>
        {
            var first = await Task.WhenAny(context.CallActivityAsync<string>("A"), context.CallActivityAsync<string>("B"));
            return await first;
        };
        Step(code);
        Step(code, Result(0, "\"a\""), Result(1, "\"b\""));

        Assert.Equal("\"a\"", Encoding.UTF8.GetString(History().End!.Output!.Json!));
        Assert.Equal([typeof(ActivityCompleted), typeof(OrchestrationCompleted), typeof(ActivityCompleted)], _events.TakeLast(3).Select(one => one.GetType()));
    }

    [Fact]
    public void A_result_that_does_not_fit_its_type_fails_where_it_is_awaited()
    {
        Step(context => context.CallActivityAsync<string>("A"));
        Step(context => context.CallActivityAsync<string>("A"), Result(0, "{\"no\":\"string\"}"));
        Assert.Equal("System.Text.Json.JsonException", History().End!.Failure!.Type);
    }

    [Fact]
    public void A_custom_status_is_limited()
    {
        Step(context =>
        {
            context.SetCustomStatus(new string('x', 20_000));
            return Task.FromResult("");
        });
        Assert.Contains("The custom status has 20002 bytes as JSON; at most 16384 are allowed.", History().End!.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Continuations_without_the_captured_context_stay_in_step()
    {
        Func<OrchestrationContext, Task<string>> code = async context =>
        {
            var text = "";
            await Task.Yield();
            for (var i = 0; i < 3; i++)
                text += await context.CallActivityAsync<string>("A").ConfigureAwait(false);

            return text;
        };
        Step(code);
        for (var i = 0; i < 3; i++)
            Step(code, Result(i, $"\"{i}\""));
        Assert.Equal("\"012\"", Encoding.UTF8.GetString(History().End!.Output!.Json!));
    }

    private static async Task<string> Twice(OrchestrationContext context, string first, string second)
    {
        var one = await context.CallActivityAsync<string>(first);
        return one + await context.CallActivityAsync<string>(second);
    }

    private static ActivityResult Result(int taskId, string json) => new(taskId, 1, Encoding.UTF8.GetBytes(json), Failure: null);

    private EffectiveHistory History() => EffectiveHistory.From(_events);

    private void Step(Func<OrchestrationContext, Task<string>> code, params Incoming[] incoming)
    {
        var outcome = StepExecution.Run(
            History(),
            new OrchestratorRegistration("Code", "1", async (context, json) => json.Write(await code(context))),
            new StepInput
            {
                InstanceId = "i",
                ExecutionId = "e",
                Name = "Code",
                Input = Payload.Inline("null"u8.ToArray()),
                InputJson = "null"u8.ToArray(),
                Now = Begin + TimeSpan.FromMinutes(_steps++),
                PlaceInput = (_, json) => Payload.Inline(json),
            },
            incoming,
            Serializer);
        _events.AddRange(outcome.Events);
    }
}
