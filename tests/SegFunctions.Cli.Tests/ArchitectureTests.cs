using System.Reflection;
using SegFunctions.Testing;

namespace SegFunctions.Cli.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Arrows_to_other_projects_run_one_way() => ProjectArrows.Allow(
        Assembly.Load("segfunctions"),
        "segfunctions-host", "SegFunctions.Orchestration", "SegFunctions.Storage", "SegFunctions.Customers", "SegFunctions.Learning");
}
