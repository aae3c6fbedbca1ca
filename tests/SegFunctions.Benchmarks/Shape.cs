namespace SegFunctions.Benchmarks;

/// <summary>A size that a benchmark is run at.</summary>
/// <param name="Name">Names it in the tables.</param>
/// <param name="Rows">Rows that one operation handles; what rows a second are counted by.</param>
public record Shape(string Name, int Rows)
{
    public sealed override string ToString() => Name;
}
