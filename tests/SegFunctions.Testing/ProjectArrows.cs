using System.Reflection;

namespace SegFunctions.Testing;

/// <summary>The rule that arrows between projects run one way only; each suite holds its own project to it.</summary>
public static class ProjectArrows
{
    /// <summary>Fails when <paramref name="project"/> refers to a SegFunctions project that is not in <paramref name="allowed"/>.</summary>
    public static void Allow(Assembly project, params string[] allowed)
    {
        ArgumentNullException.ThrowIfNull(project);
        var referred = project.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("SegFunctions.", StringComparison.Ordinal) || name.StartsWith("segfunctions", StringComparison.Ordinal));
        Assert.Empty(referred.Except(allowed, StringComparer.Ordinal));
    }

    /// <summary>Fails when <paramref name="project"/> refers to an assembly whose name starts with one of <paramref name="prefixes"/>.</summary>
    public static void Forbid(Assembly project, params string[] prefixes)
    {
        ArgumentNullException.ThrowIfNull(project);
        var found = project.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(found);
    }
}
