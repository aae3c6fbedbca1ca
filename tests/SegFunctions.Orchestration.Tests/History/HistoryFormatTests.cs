using System.Text;
using System.Text.Json;
using SegFunctions.Orchestration.History;

namespace SegFunctions.Orchestration.Tests.History;

public sealed class HistoryFormatTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>One of each kind; what is written here must be readable for ever.</summary>
    private static readonly HistoryEvent[] OneOfEach =
    [
        new StepBegan(At),
        new OrchestrationStarted("Name", "1", Payload.InBlob("a/b/start")),
        new ActivityScheduled(0, "Do", Json("""{"a":[1,2.50,"ü"]}"""), new RetryPolicy(3, TimeSpan.FromSeconds(5), 2, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1))),
        new ActivityScheduled(1, "Do", Json("null"), Retry: null),
        new ActivityFailed(0, 1, new FailureDetails("Type", "message", "stack", new FailureDetails("Inner", "inner")), At),
        new ActivityRestarted(0, 2, Rewound: true),
        new ActivityCompleted(0, 2, Json("\"text\"")),
        new TimerCreated(2, At),
        new TimerFired(2),
        new TimerCanceled(3),
        new ExternalEventRaised("key", "name", Json("7")),
        new OrchestrationRewound("key", "why", 4),
        new Redelivered(6),
        new OrchestrationCompleted(OrchestrationStatus.Completed, Json("true"), Failure: null),
    ];

    [Fact]
    public void Every_event_comes_back_as_it_was() =>
        Assert.Equal(Text(OneOfEach), Text(HistoryFormat.Decode("i", HistoryFormat.Current, HistoryFormat.Encode(OneOfEach))));

    [Fact]
    public void Every_kind_of_event_is_tried() =>
        Assert.Equal(
            typeof(HistoryEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HistoryEvent))).Select(type => type.Name).Order(StringComparer.Ordinal),
            OneOfEach.Select(one => one.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Format 1 as builds have written it; a change here needs format 2 and a reader for both.</summary>
    [Fact]
    public void Format_1_stays_what_it_is()
    {
        Assert.Equal(1, HistoryFormat.Current);
        Assert.Equal(
            """[{"event":"stepBegan","at":"2026-03-04T05:06:07+00:00"},{"event":"started","name":"Name","version":"1","input":{"blob":"a/b/start"}},{"event":"activityScheduled","taskId":0,"name":"Do","input":{"json":{"a":[1,2.50,"ü"]}},"retry":{"maxNumberOfAttempts":3,"firstRetryInterval":"00:00:05","backoffCoefficient":2,"maxRetryInterval":"00:01:00","retryTimeout":"01:00:00"}},{"event":"activityScheduled","taskId":1,"name":"Do","input":{"json":null}},{"event":"activityFailed","taskId":0,"attempt":1,"failure":{"type":"Type","message":"message","stack":"stack","inner":{"type":"Inner","message":"inner"}},"retryAt":"2026-03-04T05:06:07+00:00"},{"event":"activityRestarted","taskId":0,"attempt":2,"rewound":true},{"event":"activityCompleted","taskId":0,"attempt":2,"result":{"json":"text"}},{"event":"timerCreated","taskId":2,"fireAt":"2026-03-04T05:06:07+00:00"},{"event":"timerFired","taskId":2},{"event":"timerCanceled","taskId":3},{"event":"externalEventRaised","key":"key","name":"name","input":{"json":7}},{"event":"rewound","key":"key","reason":"why","cut":4},{"event":"redelivered","index":6},{"event":"completed","status":"Completed","output":{"json":true}}]""",
            Text(OneOfEach));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Other_formats_are_refused_by_name(int format)
    {
        var refused = Assert.Throws<HistoryFormatException>(() => HistoryFormat.Decode("the instance", format, []));
        Assert.Contains($"'the instance' has history in format {format}; this build reads formats up to 1", refused.Message, StringComparison.Ordinal);
    }

    private static Payload Json(string json) => Payload.Inline(Encoding.UTF8.GetBytes(json));

    private static string Text(HistoryEvent[] events) => JsonSerializer.Serialize(events, HistoryJson.Default.HistoryEventArray);
}
