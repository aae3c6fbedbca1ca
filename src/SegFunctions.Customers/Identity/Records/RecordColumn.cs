namespace SegFunctions.Customers.Identity.Records;

/// <summary>One column of a <see cref="RecordSet"/>; each distinct text is kept once.</summary>
/// <param name="Name">As the file calls it; for people.</param>
/// <param name="Codes">For each row the position of its text in <paramref name="Levels"/>, −1 where it has none.</param>
/// <param name="Levels">The distinct texts, as written.</param>
/// <param name="Evidence">Why the column is taken for this field.</param>
public sealed record RecordColumn(string Name, IdentityField Field, int[] Codes, IReadOnlyList<string> Levels, string Evidence = "named by the caller")
{
    /// <summary>The text of a row, or null.</summary>
    public string? this[int row] => Codes[row] < 0 ? null : Levels[Codes[row]];
}
