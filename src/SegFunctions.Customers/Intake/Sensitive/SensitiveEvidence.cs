namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>How many values of a column have the form of something sensitive. Merging is commutative; memory does not grow.</summary>
internal sealed class SensitiveEvidence
{
    // A little more than one in a thousand, for three values that pass with one in ten each.
    private const double MostLuck = 1.01e-3;

    private readonly long[] _seen = new long[SensitiveForms.Count];

    /// <summary>Values looked at.</summary>
    public long Values { get; private set; }

    public long Of(SensitiveForm form) => _seen[(int)form];

    /// <param name="value">Without blanks around it, not empty.</param>
    public void See(ReadOnlySpan<byte> value)
    {
        Values++;
        if (SensitiveForms.Of(value) is var form and not SensitiveForm.None)
            _seen[(int)form]++;
    }

    public void Merge(SensitiveEvidence other)
    {
        Values += other.Values;
        for (var form = 0; form < _seen.Length; form++)
            _seen[form] += other._seen[form];
    }

    /// <summary>The form that the column as a whole has, or <see cref="SensitiveForm.None"/>.</summary>
    /// <param name="distinct">Distinct values of the column: a single number that stands in every row proves no more than once.</param>
    /// <remarks>
    /// At least half of the values must have the form, and chance must not explain it: values that merely look alike would pass the check with the
    /// form's probability each, and all of them together with no more than one in a thousand.
    /// </remarks>
    public SensitiveForm Decide(long distinct)
    {
        for (var form = 1; form < _seen.Length; form++)
        {
            var count = _seen[form];
            if (count == 0 || 2 * count < Values)
                continue;
            if (Math.Pow(SensitiveForms.ChanceOf((SensitiveForm)form), Math.Min(count, distinct)) < MostLuck)
                return (SensitiveForm)form;
        }

        return SensitiveForm.None;
    }
}
