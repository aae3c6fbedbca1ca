namespace SegFunctions.Customers.Identity.Companies;

/// <summary>How two spellings of one company differ: of its naming words and of its legal form, the share each outcome has.</summary>
/// <remarks>These are the chances given a match of the Fellegi–Sunter model; they start from what is usual and are learned by EM.</remarks>
internal sealed record WordRates
{
    /// <summary>Words that stay, and words with one, two and three slips.</summary>
    public IReadOnlyList<double> Slips { get; init; } = [0.80, 0.10, 0.02, 0.005];

    /// <summary>Words glued to their neighbour or cut in two.</summary>
    public double Merged { get; init; } = 0.01;

    /// <summary>Words cut short, and those written as initials.</summary>
    public double Shortened { get; init; } = 0.02;

    /// <summary>Words that one of the names leaves out.</summary>
    public double Dropped { get; init; } = 0.045;

    /// <summary>Of names with a legal form: those whose other spelling has the same.</summary>
    public double FormKept { get; init; } = 0.70;

    public double FormMisspelled { get; init; } = 0.05;

    public double FormDropped { get; init; } = 0.17;

    /// <summary>A form of another country that is the same at heart.</summary>
    public double FormAlike { get; init; } = 0.05;

    public double FormChanged { get; init; } = 0.03;

    /// <summary>The rates that outcomes show, with as much of the usual ones mixed in as a hundred words are.</summary>
    public static WordRates From(OutcomeCounts counts)
    {
        const double Prior = 100;
        var usual = new WordRates();
        var words = counts.Words + Prior;
        var forms = counts.Forms + Prior;
        return new WordRates
        {
            Slips = [.. usual.Slips.Select((rate, slips) => Rate(counts.Slips[slips], rate, words))],
            Merged = Rate(counts.Merged, usual.Merged, words),
            Shortened = Rate(counts.Shortened, usual.Shortened, words),
            Dropped = Rate(counts.Dropped, usual.Dropped, words),
            FormKept = Rate(counts.FormKept, usual.FormKept, forms),
            FormMisspelled = Rate(counts.FormMisspelled, usual.FormMisspelled, forms),
            FormDropped = Rate(counts.FormDropped, usual.FormDropped, forms),
            // Forms that are the same at heart speak no louder against than two that are not.
            FormAlike = Math.Max(Rate(counts.FormAlike, usual.FormAlike, forms), Rate(counts.FormChanged, usual.FormChanged, forms)),
            FormChanged = Rate(counts.FormChanged, usual.FormChanged, forms),
        };

        static double Rate(double count, double rate, double all) => (count + (Prior * rate)) / all;
    }

    public void Save(BinaryWriter writer)
    {
        foreach (var rate in (ReadOnlySpan<double>)[.. Slips, Merged, Shortened, Dropped, FormKept, FormMisspelled, FormDropped, FormAlike, FormChanged])
            writer.Write(rate);
    }

    public static WordRates Load(BinaryReader reader) => new()
    {
        Slips = [reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()],
        Merged = reader.ReadDouble(),
        Shortened = reader.ReadDouble(),
        Dropped = reader.ReadDouble(),
        FormKept = reader.ReadDouble(),
        FormMisspelled = reader.ReadDouble(),
        FormDropped = reader.ReadDouble(),
        FormAlike = reader.ReadDouble(),
        FormChanged = reader.ReadDouble(),
    };
}
