namespace SegFunctions.Customers.Text;

/// <summary>One text in the two languages that answers are given in.</summary>
public sealed record Bilingual(string En, string Fr)
{
    public override string ToString() => En;
}
