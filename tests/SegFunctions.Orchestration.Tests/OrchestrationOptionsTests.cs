using SegFunctions.Orchestration.Tests.Support;

namespace SegFunctions.Orchestration.Tests;

public sealed class OrchestrationOptionsTests
{
    [Fact]
    public void Every_fault_is_listed_at_the_start()
    {
        var backend = Backend.InMemory();
        var wrong = new OrchestrationOptions
        {
            Prefix = "No-Good",
            MessageGrace = TimeSpan.Zero,
            OrphanAge = TimeSpan.FromMinutes(9),
            Parallelism = 0,
            StepBytes = 1,
        };
        var refused = Assert.Throws<ArgumentException>(() => new EngineHost(backend with { Options = wrong }, new OrchestrationRegistry()));
        foreach (var name in new[] { "Prefix 'No-Good'", "MessageGrace is 00:00:00", "OrphanAge is 00:09:00", "Parallelism is 0", "StepBytes is 1" })
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_taken_once()
    {
        var registry = new OrchestrationRegistry()
            .AddOrchestrator<object?, string>("Name", (_, _) => Task.FromResult(""))
            .AddActivity<object?, string>("Name", (_, _, _) => Task.FromResult(""));
        Assert.Throws<ArgumentException>(() => registry.AddOrchestrator<object?, string>("Name", (_, _) => Task.FromResult("")));
        Assert.Throws<ArgumentException>(() => registry.AddActivity<object?, string>("Name", (_, _, _) => Task.FromResult("")));
    }
}
