using System.Reflection;
using SegFunctions.Testing;

namespace SegFunctions.Learning.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Project = Assembly.Load("SegFunctions.Learning");

    [Fact]
    public void Arrows_to_other_projects_run_one_way()
    {
        ProjectArrows.Allow(Project);
        ProjectArrows.Forbid(Project, "Azure.", "Microsoft.AspNetCore");
    }
}
