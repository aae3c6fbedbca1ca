using System.Reflection;
using SegFunctions.Testing;

namespace SegFunctions.Orchestration.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Project = Assembly.Load("SegFunctions.Orchestration");

    [Fact]
    public void Arrows_to_other_projects_run_one_way()
    {
        ProjectArrows.Allow(Project, "SegFunctions.Storage");
        ProjectArrows.Forbid(Project, "Azure.Storage", "Microsoft.AspNetCore");
    }
}
