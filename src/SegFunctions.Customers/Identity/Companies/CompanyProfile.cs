namespace SegFunctions.Customers.Identity.Companies;

/// <summary>A name made ready to be compared many times: its words with what the vocabulary says of them.</summary>
public sealed class CompanyProfile
{
    /// <summary>Words in the order of the name; merged neighbours stand behind them, from <see cref="Words"/> on.</summary>
    internal readonly string[] Texts;
    internal readonly CompanyTokenClass[] Classes;
    internal readonly int[] Counts;

    /// <summary>What it says against two names being one that only one of them holds the word; below 0, in nats.</summary>
    internal readonly double[] Missing;

    /// <summary>How much a word names the company: nats of surprise in another name.</summary>
    internal readonly double[] Surprise;

    internal CompanyProfile(CompanyName name, CompanyVocabulary vocabulary)
    {
        Name = name;
        Words = name.Tokens.Count;
        var units = Words == 0 ? 0 : (2 * Words) - 1;
        Texts = new string[units];
        Classes = new CompanyTokenClass[Words];
        Counts = new int[Words];
        Missing = new double[Words];
        Surprise = new double[Words];
        for (var at = 0; at < Words; at++)
        {
            var (text, kind) = name.Tokens[at];
            Texts[at] = text;
            Classes[at] = kind;
            Counts[at] = vocabulary.Count(text);
            Surprise[at] = kind == CompanyTokenClass.Filler ? 0 : -Math.Log(kind == CompanyTokenClass.Form ? vocabulary.FormChance(text) : vocabulary.Chance(text, 1));
            Missing[at] = EvidenceOfWords.OfMissing(kind, Surprise[at]);
            if (at > 0)
                Texts[Words + at - 1] = Texts[at - 1] + text;
        }

        TradingAs = name.TradingAs is null ? null : new CompanyProfile(name.TradingAs, vocabulary);
    }

    /// <summary>The name.</summary>
    public CompanyName Name { get; }

    internal int Words { get; }

    internal CompanyProfile? TradingAs { get; }
}
