namespace SegFunctions.Customers.Identity.Companies;

/// <summary>How often words and legal forms of pairs came out as what; a pair counts as much as it is probable.</summary>
internal sealed class OutcomeCounts
{
    public double[] Slips { get; } = new double[WordEvidence.LargestSlips + 1];

    public double Merged { get; set; }

    public double Shortened { get; set; }

    public double Dropped { get; set; }

    public double FormKept { get; set; }

    public double FormMisspelled { get; set; }

    public double FormDropped { get; set; }

    public double FormAlike { get; set; }

    public double FormChanged { get; set; }

    public double Words => Slips.Sum() + Merged + Shortened + Dropped;

    public double Forms => FormKept + FormMisspelled + FormDropped + FormAlike + FormChanged;

    public void Add(OutcomeCounts other, double weight)
    {
        for (var slips = 0; slips < Slips.Length; slips++)
            Slips[slips] += weight * other.Slips[slips];
        Merged += weight * other.Merged;
        Shortened += weight * other.Shortened;
        Dropped += weight * other.Dropped;
        FormKept += weight * other.FormKept;
        FormMisspelled += weight * other.FormMisspelled;
        FormDropped += weight * other.FormDropped;
        FormAlike += weight * other.FormAlike;
        FormChanged += weight * other.FormChanged;
    }
}
