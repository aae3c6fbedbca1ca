using System.Reflection;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Project = Assembly.Load("SegFunctions.Customers");

    [Fact]
    public void Arrows_to_other_projects_run_one_way()
    {
        ProjectArrows.Allow(Project, "SegFunctions.Learning");
        ProjectArrows.Forbid(Project, "Azure.", "Microsoft.AspNetCore");
    }
}
