using System.Reflection;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Project = Assembly.Load("SegFunctions.Storage");

    [Fact]
    public void Arrows_to_other_projects_run_one_way()
    {
        ProjectArrows.Allow(Project);
        ProjectArrows.Forbid(Project, "Microsoft.AspNetCore");
    }
}
