namespace SegFunctions.Customers.Intake.Mapping;

/// <summary>A mapping that cannot be used; the message lists every fault with its place and is fit for its author.</summary>
public sealed class MappingException(string name, IReadOnlyList<string> faults)
    : Exception($"{name} cannot be used:{string.Concat(faults.Select(fault => "\n  - " + fault))}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
