namespace SegFunctions.Learning.Explanation;

/// <summary>One thing that raises or lowers a row's score, in words.</summary>
/// <param name="Aspect">What it is about: the <see cref="ColumnWords.Aspect"/> of its columns, or the name of its only one.</param>
/// <param name="Contribution">Sum over the columns of the aspect, on the scale of the score's margin; above 0 it raises.</param>
/// <param name="Text">A clause without a capital or a full stop: <c>no order for 74 days (usual gap 21 days)</c>.</param>
public sealed record Reason(string Aspect, double Contribution, Bilingual Text)
{
    public bool Raises => Contribution > 0;
}
