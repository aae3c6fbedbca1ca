namespace SegFunctions.App.Hosting.Registry;

/// <summary>Functions are declared in a way that a host could not run; every fault is listed.</summary>
public sealed class FunctionDeclarationException(IReadOnlyList<string> faults)
    : Exception("The functions cannot run as they are declared:\n" + string.Join('\n', faults.Select(fault => "- " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
