using System.Reflection;
using SegFunctions.App.Refresh;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Arrows_to_other_projects_run_one_way() => ProjectArrows.Allow(
        Assembly.Load("segfunctions-host"),
        "SegFunctions.Orchestration", "SegFunctions.Storage", "SegFunctions.Customers", "SegFunctions.Learning");

    [Fact]
    public void Orchestrators_do_nothing_that_a_replay_would_do_again() => OrchestratorRules.AssertKept(typeof(RefreshOrchestrator));
}
