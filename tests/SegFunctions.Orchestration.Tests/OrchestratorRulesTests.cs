using System.Diagnostics;
using SegFunctions.Testing;

namespace SegFunctions.Orchestration.Tests;

public sealed class OrchestratorRulesTests
{
    [Fact]
    public void An_orchestrator_that_keeps_to_its_context_breaks_no_rule() => OrchestratorRules.AssertKept(typeof(Tame));

    [Fact]
    public void Whatever_differs_between_replays_is_found_also_in_lambdas_and_local_functions()
    {
        var found = OrchestratorRules.FindBreaches(typeof(Wild)).Select(breach => breach[(breach.LastIndexOf(' ') + 1)..]).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "System.Guid.NewGuid", "System.TimeProvider.GetUtcNow", "System.TimeProvider.get_System", "System.Threading.Tasks.Task.Run",
                "System.Threading.Tasks.Task.Delay", "System.IO.File.ReadAllTextAsync", "System.Net.Http.HttpClient.GetStringAsync",
                "System.Diagnostics.Stopwatch.GetTimestamp", "System.Environment.get_MachineName", "System.Random..ctor",
            },
            found);
    }

    private sealed class Tame : Orchestrator<int, int>
    {
        public override async Task<int> RunAsync(OrchestrationContext context, int input)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, input).Select(i => context.CallActivityAsync<int>("Do", i)));
            await context.CreateTimerAsync(context.CurrentUtcDateTime.AddMinutes(1));
            return await context.WaitForExternalEventAsync<int>("go", TimeSpan.FromHours(1)) + results.Sum() + context.NewGuid().GetHashCode();
        }
    }

    private sealed class Wild : Orchestrator<int, string>
    {
        public override async Task<string> RunAsync(OrchestrationContext context, int input)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            var now = TimeProvider.System.GetUtcNow();
            Func<Guid> lambda = () => Guid.NewGuid();
            using var client = new HttpClient();
            return await Task.Run(() => Environment.MachineName) + now + lambda() + await Local() + Stopwatch.GetTimestamp() + new Random(1).Next();

            async Task<string> Local() => await File.ReadAllTextAsync("file") + await client.GetStringAsync(new Uri("http://localhost"));
        }
    }
}
